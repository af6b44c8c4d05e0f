package io.metasrv.tests.ddl;

import io.metasrv.application.metadata.RegionWalOptions;
import io.metasrv.application.metadata.WalOptionsAllocator;
import io.metasrv.domain.wal.WalOptions;
import java.util.Collection;
import java.util.TreeMap;

/** Logs on the datanodes, or in topics that take turns. */
final class TestWal implements WalOptionsAllocator {

  private final boolean kafka;
  private int next;

  TestWal(boolean kafka) {
    this.kafka = kafka;
  }

  @Override
  public RegionWalOptions allocate(Collection<Long> regionNumbers, boolean skipWal) {
    TreeMap<Long, WalOptions> options = new TreeMap<>();
    for (long number : regionNumbers) {
      options.put(number, skipWal ? new WalOptions.Noop() : logged());
    }
    return RegionWalOptions.of(options);
  }

  private WalOptions logged() {
    return kafka
        ? new WalOptions.Kafka("greptimedb_wal_topic_" + next++)
        : new WalOptions.RaftEngine();
  }
}
