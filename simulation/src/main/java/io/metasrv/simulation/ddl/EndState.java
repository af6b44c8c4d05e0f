package io.metasrv.simulation.ddl;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.store.RangePager;
import io.metasrv.domain.RegionId;
import io.metasrv.nodes.region.RegionContent;
import io.metasrv.simulation.cluster.SimulatedFlownode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that a statement may have changed: what is stored, the files of regions, the flows on
 * flownodes. In a form in which two runs can be compared; see {@link Canonical} for what is left
 * out of account, and why it may be.
 *
 * @param lines by what they are about
 */
record EndState(SortedMap<String, String> lines) {

  /** Characters before a difference that tell where it is. */
  private static final int CONTEXT = 40;

  /**
   * The state of a cluster.
   *
   * @param before ids that existed before the statement; they are the same in all runs
   */
  static EndState of(DdlCluster cluster, Ids before) {
    Canonical canonical = Canonical.of(before, Ids.read(cluster.content()));
    TreeMap<String, String> lines = new TreeMap<>();
    RangePager.pairs(cluster.content(), KeyRange.all())
        .forEachPair(
            pair -> {
              String key = pair.key().toUtf8();
              if (Canonical.counts(key)) {
                lines.put(canonical.key(key), canonical.stored(key, pair.value().toUtf8()));
              }
            });
    for (RegionId region : cluster.storage().regions()) {
      cluster
          .storage()
          .find(region)
          .ifPresent(
              content ->
                  lines.put(
                      "files of region " + canonical.value(Long.toUnsignedString(region.value())),
                      canonical.value(text(content))));
    }
    for (SimulatedFlownode flownode : cluster.flownodes()) {
      flownode
          .flows()
          .forEach(
              (id, made) ->
                  lines.put(
                      "flow " + canonical.value(Long.toString(id)),
                      canonical.value(made.toString())));
    }
    return new EndState(lines);
  }

  /**
   * A region without its counters: a request that is repeated, as the protocol allows, writes the
   * manifest once more and changes nothing else.
   */
  private static String text(RegionContent content) {
    return "%s %s %s key %s partition %s options %s in %s rows %s"
        .formatted(
            content.engine(),
            content.path(),
            content.columns(),
            content.primaryKey(),
            content.partitionExpression(),
            content.options(),
            content.physicalRegion(),
            content.data().rows());
  }

  /** What is not the same in the other. */
  List<String> differences(EndState expected) {
    List<String> differences = new ArrayList<>();
    expected.lines.forEach(
        (about, line) -> {
          String here = lines.getOrDefault(about, "nothing");
          if (!here.equals(line)) {
            differences.add("%s: %s".formatted(about, difference(here, line)));
          }
        });
    lines.forEach(
        (about, line) -> {
          if (!expected.lines.containsKey(about)) {
            differences.add("%s: %s instead of nothing".formatted(about, line));
          }
        });
    return differences;
  }

  /** The part in the middle in which the two differ. */
  private static String difference(String here, String expected) {
    int from = 0;
    int shorter = Math.min(here.length(), expected.length());
    while (from < shorter && here.charAt(from) == expected.charAt(from)) {
      from++;
    }
    int tail = 0;
    while (tail < shorter - from
        && here.charAt(here.length() - 1 - tail) == expected.charAt(expected.length() - 1 - tail)) {
      tail++;
    }
    int begin = Math.max(0, from - CONTEXT);
    return "...%s instead of ...%s"
        .formatted(
            here.substring(begin, here.length() - tail),
            expected.substring(begin, expected.length() - tail));
  }
}
