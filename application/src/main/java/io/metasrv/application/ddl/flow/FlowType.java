package io.metasrv.application.ddl.flow;

import io.metasrv.application.ddl.json.StateNames;
import java.util.Locale;
import java.util.Optional;

/** How a flow runs. Procedures' states have it as {@code Batching}, options as {@code batching}. */
enum FlowType {
  BATCHING,
  STREAMING;

  /** The value of the option. */
  String option() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name in procedures' states. */
  String stateText() {
    return StateNames.text(this);
  }

  /** The one of the option's value, in any case. */
  static Optional<FlowType> ofOption(String value) {
    for (FlowType type : values()) {
      if (type.option().equals(value.strip().toLowerCase(Locale.ROOT))) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
