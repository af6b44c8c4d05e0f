package io.metasrv.bootstrap.config;

import io.metasrv.application.options.ByteSize;
import io.metasrv.application.options.KafkaWalOptions;
import io.metasrv.application.options.KafkaWalOptions.Sasl;
import io.metasrv.application.options.KafkaWalOptions.SaslType;
import io.metasrv.application.options.KafkaWalOptions.Tls;
import io.metasrv.application.options.Secret;
import io.metasrv.application.options.WalOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Write-ahead log of datanodes. */
final class WalSettings {

  private static final ValueType<SaslType> SASL_TYPES =
      ValueType.words(
          new EnumMap<SaslType, List<String>>(
              Arrays.stream(SaslType.values())
                  .collect(Collectors.toMap(type -> type, type -> List.of(type.text())))));

  private static final ValueType<String> ROUND_ROBIN =
      new ValueType<>(
          "\"round_robin\"",
          node -> onlyRoundRobin(node.asString()),
          WalSettings::onlyRoundRobin,
          value -> Optional.of(TomlText.quote(value)),
          false);

  static final Setting<WalOptions.Provider> WAL_PROVIDER =
      Setting.of(
          "wal.provider",
          ValueType.lowerCase(WalOptions.Provider.class),
          o -> o.wal().provider(),
          "raft_engine (local) or kafka; the other keys of this table are for kafka");

  static final Setting<List<String>> WAL_BROKER_ENDPOINTS =
      Setting.of(
          "wal.broker_endpoints",
          ValueType.LIST,
          o -> o.wal().kafka().brokerEndpoints(),
          "addresses of brokers");

  static final Setting<Duration> WAL_CONNECT_TIMEOUT =
      Setting.of(
          "wal.connect_timeout",
          ValueType.DURATION,
          o -> o.wal().kafka().connectTimeout(),
          "most time connecting may take");

  static final Setting<Duration> WAL_TIMEOUT =
      Setting.of(
          "wal.timeout",
          ValueType.DURATION,
          o -> o.wal().kafka().timeout(),
          "most time a request may take");

  static final Setting<Boolean> WAL_AUTO_CREATE_TOPICS =
      Setting.of(
          "wal.auto_create_topics",
          ValueType.BOOL,
          o -> o.wal().kafka().autoCreateTopics(),
          "create missing topics at start");

  static final Setting<Integer> WAL_NUM_TOPICS =
      Setting.of(
          "wal.num_topics",
          ValueType.COUNT,
          o -> o.wal().kafka().numTopics(),
          "size of the topic pool");

  static final Setting<Integer> WAL_NUM_PARTITIONS =
      Setting.of(
          "wal.num_partitions",
          ValueType.COUNT,
          o -> o.wal().kafka().numPartitions(),
          "partitions of a topic");

  static final Setting<String> WAL_SELECTOR_TYPE =
      Setting.of(
          "wal.selector_type",
          ROUND_ROBIN,
          o -> "round_robin",
          "choice of a topic; only round_robin");

  static final Setting<Integer> WAL_REPLICATION_FACTOR =
      Setting.of(
          "wal.replication_factor",
          ValueType.COUNT,
          o -> o.wal().kafka().replicationFactor(),
          "copies of a topic");

  static final Setting<Duration> WAL_CREATE_TOPIC_TIMEOUT =
      Setting.of(
          "wal.create_topic_timeout",
          ValueType.DURATION,
          o -> o.wal().kafka().createTopicTimeout(),
          "most time creating a topic may take");

  static final Setting<String> WAL_TOPIC_NAME_PREFIX =
      Setting.of(
          "wal.topic_name_prefix",
          ValueType.TEXT,
          o -> o.wal().kafka().topicNamePrefix(),
          "topics are named <prefix>_<n>");

  static final Setting<Duration> WAL_AUTO_PRUNE_INTERVAL =
      Setting.of(
          "wal.auto_prune_interval",
          ValueType.DURATION,
          o -> o.wal().kafka().autoPruneInterval(),
          "how often topics are pruned; 0s: never");

  static final Setting<Boolean> WAL_AUTO_PRUNE_LOGICAL_DELETE =
      Setting.of(
          "wal.auto_prune_logical_delete",
          ValueType.BOOL,
          o -> o.wal().kafka().autoPruneLogicalDelete(),
          "record the point instead of deleting");

  static final Setting<Integer> WAL_AUTO_PRUNE_PARALLELISM =
      Setting.of(
          "wal.auto_prune_parallelism",
          ValueType.COUNT,
          o -> o.wal().kafka().autoPruneParallelism(),
          "topics pruned at one time");

  static final Setting<ByteSize> WAL_FLUSH_TRIGGER_SIZE =
      Setting.of(
          "wal.flush_trigger_size",
          ValueType.SIZE,
          o -> o.wal().kafka().flushTriggerSize(),
          "replay size that asks for a flush; 0: the default");

  static final Setting<ByteSize> WAL_CHECKPOINT_TRIGGER_SIZE =
      Setting.of(
          "wal.checkpoint_trigger_size",
          ValueType.SIZE,
          o -> o.wal().kafka().checkpointTriggerSize(),
          "replay size that writes a checkpoint; 0: the default");

  static final Setting<Optional<SaslType>> WAL_SASL_TYPE =
      Setting.of(
          "wal.sasl.type",
          ValueType.optional(SASL_TYPES),
          o -> o.wal().kafka().sasl().map(Sasl::type),
          "PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512");

  static final Setting<Optional<String>> WAL_SASL_USERNAME =
      Setting.of(
          "wal.sasl.username",
          ValueType.optional(ValueType.TEXT),
          o -> o.wal().kafka().sasl().map(Sasl::username),
          "who logs in");

  static final Setting<Optional<Secret>> WAL_SASL_PASSWORD =
      Setting.of(
          "wal.sasl.password",
          ValueType.optional(ValueType.SECRET),
          o -> o.wal().kafka().sasl().map(Sasl::password),
          "the password");

  static final Setting<Optional<String>> WAL_TLS_SERVER_CA_CERT_PATH =
      Setting.of(
          "wal.tls.server_ca_cert_path",
          ValueType.optional(ValueType.TEXT),
          o -> o.wal().kafka().tls().flatMap(Tls::serverCaCertPath),
          "PEM file with the certificates to trust");

  static final Setting<Optional<String>> WAL_TLS_CLIENT_CERT_PATH =
      Setting.of(
          "wal.tls.client_cert_path",
          ValueType.optional(ValueType.TEXT),
          o -> o.wal().kafka().tls().flatMap(Tls::clientCertPath),
          "PEM file with our certificate");

  static final Setting<Optional<String>> WAL_TLS_CLIENT_KEY_PATH =
      Setting.of(
          "wal.tls.client_key_path",
          ValueType.optional(ValueType.TEXT),
          o -> o.wal().kafka().tls().flatMap(Tls::clientKeyPath),
          "PEM file with our key");

  private WalSettings() {}

  static List<Setting<?>> all() {
    return List.of(
        WAL_PROVIDER,
        WAL_BROKER_ENDPOINTS,
        WAL_CONNECT_TIMEOUT,
        WAL_TIMEOUT,
        WAL_AUTO_CREATE_TOPICS,
        WAL_NUM_TOPICS,
        WAL_NUM_PARTITIONS,
        WAL_SELECTOR_TYPE,
        WAL_REPLICATION_FACTOR,
        WAL_CREATE_TOPIC_TIMEOUT,
        WAL_TOPIC_NAME_PREFIX,
        WAL_AUTO_PRUNE_INTERVAL,
        WAL_AUTO_PRUNE_LOGICAL_DELETE,
        WAL_AUTO_PRUNE_PARALLELISM,
        WAL_FLUSH_TRIGGER_SIZE,
        WAL_CHECKPOINT_TRIGGER_SIZE,
        WAL_SASL_TYPE,
        WAL_SASL_USERNAME,
        WAL_SASL_PASSWORD,
        WAL_TLS_SERVER_CA_CERT_PATH,
        WAL_TLS_CLIENT_CERT_PATH,
        WAL_TLS_CLIENT_KEY_PATH);
  }

  private static String onlyRoundRobin(String text) {
    if (!text.equals("round_robin")) {
      throw new IllegalArgumentException("found \"" + text + "\"");
    }
    return text;
  }

  static WalOptions build(Values v) {
    return new WalOptions(
        v.get(WAL_PROVIDER),
        new KafkaWalOptions(
            v.get(WAL_BROKER_ENDPOINTS),
            v.get(WAL_CONNECT_TIMEOUT),
            v.get(WAL_TIMEOUT),
            sasl(v),
            tls(v),
            v.get(WAL_AUTO_CREATE_TOPICS),
            v.get(WAL_NUM_TOPICS),
            v.get(WAL_NUM_PARTITIONS),
            v.get(WAL_REPLICATION_FACTOR),
            v.get(WAL_CREATE_TOPIC_TIMEOUT),
            v.get(WAL_TOPIC_NAME_PREFIX),
            v.get(WAL_AUTO_PRUNE_INTERVAL),
            v.get(WAL_AUTO_PRUNE_LOGICAL_DELETE),
            v.get(WAL_AUTO_PRUNE_PARALLELISM),
            v.get(WAL_FLUSH_TRIGGER_SIZE),
            v.get(WAL_CHECKPOINT_TRIGGER_SIZE)));
  }

  private static Optional<Sasl> sasl(Values v) {
    Optional<SaslType> type = v.get(WAL_SASL_TYPE);
    if (type.isEmpty()
        && (v.get(WAL_SASL_USERNAME).isPresent() || v.get(WAL_SASL_PASSWORD).isPresent())) {
      throw new ConfigException(
          "wal.sasl.type is missing: say PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512");
    }
    return type.map(
        mechanism ->
            new Sasl(
                mechanism,
                v.get(WAL_SASL_USERNAME).orElse(""),
                v.get(WAL_SASL_PASSWORD).orElse(Secret.NONE)));
  }

  private static Optional<Tls> tls(Values v) {
    Tls tls =
        new Tls(
            v.get(WAL_TLS_SERVER_CA_CERT_PATH),
            v.get(WAL_TLS_CLIENT_CERT_PATH),
            v.get(WAL_TLS_CLIENT_KEY_PATH));
    boolean said =
        tls.serverCaCertPath().isPresent()
            || tls.clientCertPath().isPresent()
            || tls.clientKeyPath().isPresent();
    return said ? Optional.of(tls) : Optional.empty();
  }
}
