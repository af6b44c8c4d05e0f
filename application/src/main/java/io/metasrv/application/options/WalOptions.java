package io.metasrv.application.options;

/**
 * {@code [wal]}: where datanodes keep their write-ahead log.
 *
 * @param provider local or remote
 * @param kafka only read with {@link Provider#KAFKA}
 */
public record WalOptions(Provider provider, KafkaWalOptions kafka) {

  /** Values of {@code wal.provider}. */
  public enum Provider {
    RAFT_ENGINE,
    KAFKA
  }

  /** The reference's defaults: local. */
  public static WalOptions defaults() {
    return new WalOptions(Provider.RAFT_ENGINE, KafkaWalOptions.defaults());
  }
}
