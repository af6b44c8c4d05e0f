package io.metasrv.bootstrap.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.metasrv.adapters.zookeeper.ZooKeeperConnection;
import io.metasrv.adapters.zookeeper.ZooKeeperElection;
import io.metasrv.adapters.zookeeper.ZooKeeperStore;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.options.StoreOptions;
import io.metasrv.application.store.ElectionTiming;

/** ZooKeeper. The election's answers never queue behind large pages, on a connection of its own. */
final class ZooKeeperModule extends AbstractModule {

  @Provides
  @Singleton
  StoreBackend backend(MetasrvOptions options, Lifecycle lifecycle) {
    StoreOptions store = options.store();
    ZooKeeperConnection data = ZooKeeperConnection.open(store);
    lifecycle.add("ZooKeeper connection of the store", data::close);
    data.awaitReady();
    ZooKeeperConnection election = ZooKeeperConnection.open(store);
    lifecycle.add("ZooKeeper connection of the election", election::close);
    return new StoreBackend(
        new ZooKeeperStore(data, store.maxTxnOps()),
        new ZooKeeperElection(election, store.keyPrefix(), ElectionTiming.REFERENCE),
        true);
  }
}
