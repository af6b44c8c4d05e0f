package io.metasrv.application.ddl.flow;

import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.domain.flow.FlowInfo;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/** The options a flow may have (sheet 06 §16). */
record FlowOptions(SequencedMap<String, String> given) {

  /** Whether it may be created before its sources are there. For metasrv only. */
  private static final String DEFER = "defer_on_missing_source";

  private static final String INCREMENTAL_READ = "experimental_enable_incremental_read";

  /** When it runs, as JSON. Between metasrv and flownode only. */
  private static final String SCHEDULE = "__greptime_internal_eval_schedule";

  /**
   * Refuses what is no option, or no value for one.
   *
   * @throws io.metasrv.domain.error.ServiceException (Unexpected)
   */
  void check() {
    given.forEach(
        (key, value) -> {
          boolean known =
              switch (key) {
                case DEFER, INCREMENTAL_READ -> flag(value).isPresent();
                case FlowInfo.FLOW_TYPE -> FlowType.ofOption(value).isPresent();
                default -> throw DdlErrors.unexpected("unknown flow option: " + key);
              };
          if (!known) {
            throw DdlErrors.unexpected(
                "invalid value of flow option %s: %s; expected %s"
                    .formatted(
                        key,
                        value,
                        key.equals(FlowInfo.FLOW_TYPE)
                            ? "batching or streaming"
                            : "true or false"));
          }
        });
  }

  private static Optional<Boolean> flag(String value) {
    return switch (value.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  boolean defersOnMissingSource() {
    return flag(given.getOrDefault(DEFER, "false")).orElse(false);
  }

  FlowType type() {
    return FlowType.ofOption(given.getOrDefault(FlowInfo.FLOW_TYPE, "")).orElse(FlowType.BATCHING);
  }

  /** What is stored: all that was given, and the type. */
  SequencedMap<String, String> stored(FlowType type) {
    LinkedHashMap<String, String> options = new LinkedHashMap<>(given);
    options.put(FlowInfo.FLOW_TYPE, type.option());
    return options;
  }

  /** What flownodes get. */
  SequencedMap<String, String> forFlownode(FlowType type, Optional<String> scheduleJson) {
    SequencedMap<String, String> options = stored(type);
    options.remove(DEFER);
    scheduleJson.ifPresent(json -> options.put(SCHEDULE, json));
    return options;
  }
}
