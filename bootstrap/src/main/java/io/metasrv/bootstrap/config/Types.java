package io.metasrv.bootstrap.config;

import io.metasrv.application.options.Backend;
import io.metasrv.application.options.DsnRedaction;
import io.metasrv.application.options.LoggingOptions;
import io.metasrv.application.options.SelectorType;
import io.metasrv.application.options.TlsMode;
import io.metasrv.application.options.ZooKeeperOptions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The value types that need more than {@link ValueType} offers. */
final class Types {

  static final ValueType<Backend> BACKEND = ValueType.lowerCase(Backend.class);

  static final ValueType<ZooKeeperOptions.Auth> ZOOKEEPER_AUTH =
      ValueType.lowerCase(ZooKeeperOptions.Auth.class);

  static final ValueType<ZooKeeperOptions.Acl> ZOOKEEPER_ACL =
      ValueType.lowerCase(ZooKeeperOptions.Acl.class);

  static final ValueType<TlsMode> TLS_MODE = ValueType.lowerCase(TlsMode.class);

  /** Printed in Pascal case and read in both spellings, as the reference does. */
  static final ValueType<SelectorType> SELECTOR =
      ValueType.words(
          new EnumMap<>(
              Map.of(
                  SelectorType.ROUND_ROBIN, List.of("RoundRobin", "round_robin"),
                  SelectorType.LEASE_BASED, List.of("LeaseBased", "lease_based"),
                  SelectorType.LOAD_BASED, List.of("LoadBased", "load_based"))));

  /** Addresses, shown without their passwords. */
  static final ValueType<List<String>> ADDRESSES =
      new ValueType<>(
          ValueType.LIST.expected(),
          ValueType.LIST.fromToml(),
          ValueType.LIST.fromText(),
          list -> ValueType.LIST.toToml().apply(list.stream().map(DsnRedaction::redact).toList()),
          false);

  /** {@code logging.tracing_sample_ratio.rules}. */
  static final ValueType<List<LoggingOptions.Rule>> SAMPLE_RULES =
      new ValueType<>(
          "a list of tables with protocol, request_types and ratio",
          Types::rules,
          text -> {
            throw new IllegalArgumentException("tables cannot be given as one text");
          },
          Types::rulesText,
          false);

  /** {@code plugins}: kept as JSON, since nothing here reads them. */
  static final ValueType<List<String>> RAW =
      new ValueType<>(
          "a list",
          node -> {
            if (!node.isArray()) {
              throw new IllegalArgumentException("found " + node);
            }
            return node.valueStream().map(JsonNode::toString).toList();
          },
          text -> {
            throw new IllegalArgumentException("plugins cannot be given as one text");
          },
          list -> list.isEmpty() ? Optional.empty() : Optional.of("[" + list.size() + " hidden]"),
          false);

  private Types() {}

  private static List<LoggingOptions.Rule> rules(JsonNode node) {
    if (!node.isArray()) {
      throw new IllegalArgumentException("found " + node);
    }
    return node.valueStream().map(Types::rule).toList();
  }

  private static LoggingOptions.Rule rule(JsonNode node) {
    JsonNode types = node.path("request_types");
    if (!node.path("protocol").isString() || !node.path("ratio").isNumber()) {
      throw new IllegalArgumentException("found " + node);
    }
    return new LoggingOptions.Rule(
        node.path("protocol").asString(),
        types.isArray() ? ValueType.LIST.fromToml().apply(types) : List.of(),
        node.path("ratio").asDouble());
  }

  private static Optional<String> rulesText(List<LoggingOptions.Rule> rules) {
    return rules.isEmpty()
        ? Optional.empty()
        : Optional.of(
            rules.stream()
                .map(
                    rule ->
                        "{ protocol = %s, request_types = %s, ratio = %s }"
                            .formatted(
                                TomlText.quote(rule.protocol()),
                                ValueType.LIST.toToml().apply(rule.requestTypes()).orElse("[]"),
                                rule.ratio()))
                .collect(Collectors.joining(", ", "[", "]")));
  }
}
