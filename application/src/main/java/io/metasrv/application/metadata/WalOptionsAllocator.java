package io.metasrv.application.metadata;

import io.metasrv.domain.wal.WalOptions;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Gives new regions their WAL options (sheet 03 §9.2). Thread-safe. */
public final class WalOptionsAllocator {

  private final Optional<Supplier<String>> topics;

  private WalOptionsAllocator(Optional<Supplier<String>> topics) {
    this.topics = topics;
  }

  /** Logs are kept on datanodes. */
  public static WalOptionsAllocator raftEngine() {
    return new WalOptionsAllocator(Optional.empty());
  }

  /**
   * Logs are kept in topics.
   *
   * @param topics gives the topic of each next region, or says why there is none
   */
  public static WalOptionsAllocator kafka(Supplier<String> topics) {
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
        .<WalOptions>map(next -> new WalOptions.Kafka(next.get()))
        .orElseGet(WalOptions.RaftEngine::new);
  }
}
