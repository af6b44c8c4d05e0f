package io.metasrv.application.metadata;

import io.metasrv.domain.wal.WalOptions;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;

/** Gives new regions their WAL options (sheet 03 §9.2). Thread-safe. */
public final class WalOptionsAllocator {

  private final Optional<WalTopicPool> topics;

  private WalOptionsAllocator(Optional<WalTopicPool> topics) {
    this.topics = topics;
  }

  /** Logs are kept on datanodes. */
  public static WalOptionsAllocator raftEngine() {
    return new WalOptionsAllocator(Optional.empty());
  }

  /** Logs are kept in the topics of the pool, given in turn. */
  public static WalOptionsAllocator kafka(WalTopicPool topics) {
    return new WalOptionsAllocator(Optional.of(topics));
  }

  /**
   * Options of new regions.
   *
   * @param regionNumbers unsigned 32 bits
   * @param skipWal whether the table has no log at all
   */
  public RegionWalOptions allocate(Collection<Long> regionNumbers, boolean skipWal) {
    TreeMap<Long, WalOptions> options = new TreeMap<>();
    for (long number : regionNumbers.stream().sorted().toList()) {
      options.put(number, skipWal ? new WalOptions.Noop() : next());
    }
    return RegionWalOptions.of(options);
  }

  private WalOptions next() {
    return topics
        .<WalOptions>map(pool -> new WalOptions.Kafka(pool.next()))
        .orElseGet(WalOptions.RaftEngine::new);
  }
}
