package io.metasrv.domain.wal;

/** Where a region keeps its write-ahead log (sheet 03 §5.9). */
public sealed interface WalOptions {

  /** On its datanode. */
  record RaftEngine() implements WalOptions {}

  /** In a Kafka topic. */
  record Kafka(String topic) implements WalOptions {}

  /** Nowhere. */
  record Noop() implements WalOptions {}
}
