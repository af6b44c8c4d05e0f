package io.metasrv.domain.table.alter;

import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.table.TableOptions;
import io.metasrv.domain.table.TimeToLive;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Options of tables (sheet 06 §10.1, sheet 03 §5.8.3). */
public final class OptionRules {

  private static final String TYPE = "compaction.type";
  private static final String TWCS = "twcs";
  private static final List<String> TWCS_KEYS =
      List.of(
          "compaction.twcs.trigger_file_num",
          "compaction.twcs.max_output_file_size",
          "compaction.twcs.time_window");
  private static final String SST_FORMAT = "sst_format";
  private static final String APPEND_MODE = "append_mode";
  private static final String MERGE_MODE = "merge_mode";

  private OptionRules() {}

  /**
   * What setting an option means.
   *
   * @throws ServiceException (InvalidArguments) if the option cannot be set so
   */
  public static OptionChange set(String key, String value) {
    if (TWCS_KEYS.contains(key)) {
      return new OptionChange.Twcs(key, value);
    }
    return switch (key) {
      case TableOptions.TTL -> new OptionChange.Ttl(Optional.of(ttl(key, value)));
      case SST_FORMAT -> new OptionChange.SstFormat(value);
      case APPEND_MODE ->
          switch (value) {
            case "true" -> new OptionChange.AppendMode(true);
            case "false" -> new OptionChange.AppendMode(false);
            default -> throw refusedSet(key, value);
          };
      default -> throw refusedSet(key, value);
    };
  }

  private static TimeToLive ttl(String key, String value) {
    try {
      return TimeToLive.ofUser(value);
    } catch (IllegalArgumentException notATtl) {
      throw refusedSet(key, value);
    }
  }

  private static ServiceException refusedSet(String key, String value) {
    return ServiceException.invalidArguments(
        "Invalid set region option request, key: " + key + ", value: " + value);
  }

  /**
   * What unsetting an option means.
   *
   * @throws ServiceException (InvalidArguments) if the option cannot be unset
   */
  public static OptionChange unset(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    if (lower.equals(TableOptions.TTL)) {
      return new OptionChange.Ttl(Optional.empty());
    }
    if (TWCS_KEYS.contains(lower)) {
      return new OptionChange.Twcs(lower, "");
    }
    throw ServiceException.invalidArguments("Invalid unset region option request, key: " + key);
  }

  /** The options changed. */
  static TableOptions apply(TableOptions options, List<OptionChange> changes) {
    TableOptions changed = options;
    for (OptionChange change : changes) {
      changed = apply(changed, change);
    }
    return changed;
  }

  private static TableOptions apply(TableOptions options, OptionChange change) {
    return switch (change) {
      case OptionChange.Ttl(Optional<TimeToLive> ttl) -> options.withTtl(ttl);
      case OptionChange.Twcs(String key, String value) ->
          value.isEmpty()
              ? options.withoutExtraOption(key)
              : options.withExtraOption(key, value).withExtraOption(TYPE, TWCS);
      case OptionChange.SstFormat(String format) -> options.withExtraOption(SST_FORMAT, format);
      case OptionChange.AppendMode(boolean append) -> {
        TableOptions set = options.withExtraOption(APPEND_MODE, Boolean.toString(append));
        yield append ? set.withoutExtraOption(MERGE_MODE) : set;
      }
    };
  }
}
