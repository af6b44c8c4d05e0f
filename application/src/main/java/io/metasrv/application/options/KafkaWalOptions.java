package io.metasrv.application.options;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The keys of {@code [wal]} for Kafka (sheet 09 §7.3).
 *
 * @param brokerEndpoints {@code host:port} of brokers
 * @param connectTimeout most time a connection may take
 * @param timeout most time a request may take
 * @param sasl how to log in
 * @param tls how to encrypt
 * @param autoCreateTopics whether missing topics are created at start
 * @param numTopics size of the topic pool
 * @param numPartitions partitions of a topic
 * @param replicationFactor copies of a topic
 * @param createTopicTimeout most time a creation may take
 * @param topicNamePrefix topics are {@code <prefix>_<n>}
 * @param autoPruneInterval zero: never
 * @param autoPruneLogicalDelete record the point instead of deleting
 * @param autoPruneParallelism topics pruned at one time
 * @param flushTriggerSize replay size above which a flush is asked for; zero: the default
 * @param checkpointTriggerSize replay size above which a checkpoint is written; zero: the default
 */
public record KafkaWalOptions(
    List<String> brokerEndpoints,
    Duration connectTimeout,
    Duration timeout,
    Optional<Sasl> sasl,
    Optional<Tls> tls,
    boolean autoCreateTopics,
    int numTopics,
    int numPartitions,
    int replicationFactor,
    Duration createTopicTimeout,
    String topicNamePrefix,
    Duration autoPruneInterval,
    boolean autoPruneLogicalDelete,
    int autoPruneParallelism,
    ByteSize flushTriggerSize,
    ByteSize checkpointTriggerSize) {

  /** Values of {@code wal.sasl.type}. */
  public enum SaslType {
    PLAIN("PLAIN"),
    SCRAM_SHA_256("SCRAM-SHA-256"),
    SCRAM_SHA_512("SCRAM-SHA-512");

    private final String text;

    SaslType(String text) {
      this.text = text;
    }

    /** As Kafka and the configuration spell it. */
    public String text() {
      return text;
    }
  }

  /**
   * How to log in.
   *
   * @param type mechanism
   * @param username name
   * @param password secret
   */
  public record Sasl(SaslType type, String username, Secret password) {}

  /**
   * How to encrypt; a path is empty where none is given.
   *
   * @param serverCaCertPath PEM certificates to trust
   * @param clientCertPath PEM certificate of ours
   * @param clientKeyPath PEM key of ours
   */
  public record Tls(
      Optional<String> serverCaCertPath,
      Optional<String> clientCertPath,
      Optional<String> clientKeyPath) {}

  public KafkaWalOptions {
    brokerEndpoints = List.copyOf(brokerEndpoints);
  }

  /** The reference's defaults. */
  public static KafkaWalOptions defaults() {
    return new KafkaWalOptions(
        List.of("127.0.0.1:9092"),
        Duration.ofSeconds(3),
        Duration.ofSeconds(3),
        Optional.empty(),
        Optional.empty(),
        true,
        64,
        1,
        1,
        Duration.ofSeconds(30),
        "greptimedb_wal_topic",
        Duration.ofMinutes(30),
        false,
        10,
        ByteSize.mebibytes(512),
        ByteSize.mebibytes(128));
  }
}
