package io.metasrv.adapters.zookeeper;

import io.metasrv.application.options.Backend;
import io.metasrv.application.options.StoreOptions;
import io.metasrv.application.options.ZooKeeperOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Options for tests. */
final class ZooKeepers {

  private static final AtomicInteger ROOTS = new AtomicInteger();

  private ZooKeepers() {}

  /** A part of the tree that no other test uses. */
  static String freshRoot() {
    return "/tests/store-" + ROOTS.incrementAndGet();
  }

  /** Sessions and calls that a busy machine does not end; tests of time say their own. */
  static StoreOptions options(String root, String... addresses) {
    return options(root, Duration.ofSeconds(30), Duration.ofSeconds(30), addresses);
  }

  static StoreOptions options(
      String root, Duration sessionTimeout, Duration callTimeout, String... addresses) {
    return StoreOptions.defaults()
        .withBackend(Backend.ZOOKEEPER_STORE)
        .withAddresses(List.of(addresses))
        .withZooKeeper(
            ZooKeeperOptions.defaults().withRoot(root).withTimeouts(sessionTimeout, callTimeout));
  }
}
