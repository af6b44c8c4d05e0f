package io.metasrv.simulation.ddl;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes what two runs of a statement left comparable. Left out of account is what the contract
 * leaves open, and nothing else:
 *
 * <ul>
 *   <li><b>Ids that the statement drew.</b> A leader reserves ten at a time and forgets what it did
 *       not use; the next one goes on behind them (sheet 06 §4.1). They are replaced by the names
 *       of what they stand for, ids of regions by name and number.
 *   <li><b>The sequences</b> themselves, for the same reason. That no id can be drawn twice is
 *       checked by the catalogue checker.
 *   <li><b>Where new regions and flows were placed.</b> Another leader's selector begins its round
 *       elsewhere. That keys and nodes agree on the place is checked by {@link Placement} and the
 *       catalogue checker; {@code __dn_table} keys are only that, and are left to them.
 *   <li><b>Times.</b> A statement that is carried out later was made later.
 *   <li><b>The version of a stored physical table of the metric engine</b>, which is only there to
 *       be compared with: creating logical tables writes the columns that the datanodes returned,
 *       in the original whether they changed or not, so that the step counts once more when it is
 *       repeated (sheet 06 §8). The content counts, its own versions among it.
 *   <li><b>Our own records</b> of what procedures did: they tell of the crash.
 *   <li><b>What nodes say of themselves</b>: {@code __node_address}.
 * </ul>
 *
 * <p>All other versions and counters of stored values count: nothing may be applied twice.
 */
final class Canonical {

  private static final int REGIONS = 8;
  private static final Pattern NUMBER = Pattern.compile("(?<![\\w.-])\\d+(?![\\w.-])");
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
  private static final Pattern PEER = Pattern.compile("\\{\"id\":\\d+,\"addr\":\"[^\"]*\"\\}");
  private static final Pattern STORED_VERSION = Pattern.compile("\"version\":\\d+}$");
  private static final Pattern FLOWNODES = Pattern.compile("\"flownode_ids\":\\{[^}]*\\}");
  private static final Pattern FLOWNODE_KEY = Pattern.compile("^__flow/flownode/\\d+/");
  private static final Pattern SOURCE_KEY = Pattern.compile("^(__flow/source_table/[^/]+)/\\d+/");

  private final Map<String, String> names;

  private Canonical(Map<String, String> names) {
    this.names = names;
  }

  /**
   * The form for what exists after a statement.
   *
   * @param before what existed before it keeps its ids
   */
  static Canonical of(Ids before, Ids after) {
    Map<String, String> names = new LinkedHashMap<>();
    after
        .tables()
        .forEach(
            (name, id) -> {
              if (!before.tables().containsValue(id)) {
                names.put(Long.toString(id), "<" + name + ">");
                for (long region = 0; region < REGIONS; region++) {
                  names.put(
                      Long.toUnsignedString(id << 32 | region), "<" + name + " " + region + ">");
                }
              }
            });
    after
        .flows()
        .forEach(
            (name, id) -> {
              if (!before.flows().containsValue(id)) {
                names.put(Long.toString(id), "<" + name + ">");
              }
            });
    return new Canonical(names);
  }

  /** Whether a key is compared. */
  static boolean counts(String key) {
    return !key.startsWith("__meta_seq-")
        && !key.startsWith("__metasrv/")
        && !key.startsWith("__node_address/")
        && !key.startsWith("__dn_table/");
  }

  String key(String key) {
    String placed = FLOWNODE_KEY.matcher(key).replaceFirst("__flow/flownode/<node>/");
    return value(SOURCE_KEY.matcher(placed).replaceFirst("$1/<node>/"));
  }

  /** What is stored under a key. */
  String stored(String key, String value) {
    boolean physical =
        key.startsWith("__table_info/") && value.contains("\"physical_metric_table\"");
    return value(
        physical ? STORED_VERSION.matcher(value).replaceFirst("\"version\":<version>}") : value);
  }

  String value(String value) {
    String timeless = TIME.matcher(value).replaceAll("<time>");
    String placeless = PEER.matcher(timeless).replaceAll("<node>");
    String everywhere = FLOWNODES.matcher(placeless).replaceAll("\"flownode_ids\":<nodes>");
    return NUMBER
        .matcher(everywhere)
        .replaceAll(
            number -> Matcher.quoteReplacement(names.getOrDefault(number.group(), number.group())));
  }
}
