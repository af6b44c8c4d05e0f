package io.metasrv.bootstrap.server;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.metasrv.adapters.embedded.EmbeddedStore;
import io.metasrv.adapters.etcd.EtcdConnection;
import io.metasrv.adapters.etcd.EtcdElection;
import io.metasrv.adapters.etcd.EtcdStore;
import io.metasrv.adapters.jdbc.SqlBackend;
import io.metasrv.adapters.mysql.MySqlBackend;
import io.metasrv.adapters.postgres.PostgresBackend;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.options.Backend;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.options.StoreOptions;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.application.store.LocalElection;

/** One module a backend; each provides the {@link StoreBackend}. */
final class StoreModules {

  private StoreModules() {}

  /** The module of the backend chosen. */
  static Module of(Backend backend) {
    return switch (backend) {
      case EMBEDDED_STORE -> new Embedded();
      case ETCD_STORE -> new Etcd();
      case MEMORY_STORE -> new Memory();
      case ZOOKEEPER_STORE -> new ZooKeeperModule();
      case MYSQL_STORE -> new Sql(MySqlBackend::open);
      case POSTGRES_STORE -> new Sql(PostgresBackend::open);
    };
  }

  /** RocksDB in a directory of this machine. */
  private static final class Embedded extends AbstractModule {
    @Provides
    @Singleton
    StoreBackend backend(MetasrvOptions options, Lifecycle lifecycle) {
      EmbeddedStore store =
          EmbeddedStore.open(options.store().embedded().directory(options.dataHome()));
      lifecycle.add("embedded store", store::close);
      return new StoreBackend(store, new LocalElection(store), false);
    }
  }

  /** etcd. Renewals have a connection of their own, so that they never queue behind large pages. */
  private static final class Etcd extends AbstractModule {
    @Provides
    @Singleton
    StoreBackend backend(MetasrvOptions options, Lifecycle lifecycle) {
      StoreOptions store = options.store();
      EtcdConnection data = EtcdConnection.open(store);
      lifecycle.add("etcd connection of the store", data::close);
      EtcdConnection election = EtcdConnection.open(store);
      lifecycle.add("etcd connection of the election", election::close);
      return new StoreBackend(
          new EtcdStore(data, store.maxTxnOps(), store.etcd().maxRequestSize().toIntSaturated()),
          new EtcdElection(election, store.keyPrefix(), ElectionTiming.REFERENCE),
          true);
    }
  }

  /** MySQL or PostgreSQL; both have one pool for the store and one for the election. */
  private static final class Sql extends AbstractModule {

    /** What opens the backend. */
    private interface Opener {
      SqlBackend open(StoreOptions options, ElectionTiming timing, Runtime runtime);
    }

    private final Opener opener;

    Sql(Opener opener) {
      this.opener = opener;
    }

    @Provides
    @Singleton
    StoreBackend backend(MetasrvOptions options, Runtime runtime, Lifecycle lifecycle) {
      SqlBackend sql = opener.open(options.store(), ElectionTiming.REFERENCE, runtime);
      lifecycle.add("SQL connections", sql::close);
      return new StoreBackend(sql.store(), sql.election(), true);
    }
  }

  /** Memory: gone with the process. */
  private static final class Memory extends AbstractModule {
    @Provides
    @Singleton
    StoreBackend backend() {
      InMemoryStore store = new InMemoryStore();
      return new StoreBackend(store, new LocalElection(store), false);
    }
  }
}
