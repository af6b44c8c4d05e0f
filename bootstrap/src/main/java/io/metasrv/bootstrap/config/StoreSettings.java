package io.metasrv.bootstrap.config;

import io.metasrv.application.options.Backend;
import io.metasrv.application.options.BackendClientOptions;
import io.metasrv.application.options.ByteSize;
import io.metasrv.application.options.EmbeddedOptions;
import io.metasrv.application.options.EtcdOptions;
import io.metasrv.application.options.Secret;
import io.metasrv.application.options.SqlOptions;
import io.metasrv.application.options.StoreOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where metadata are kept. */
final class StoreSettings {

  static final TlsSettings BACKEND_TLS =
      TlsSettings.of(
          "backend_tls",
          o -> o.store().tls(),
          "the connection to the store",
          Setting.Kind.REFERENCE);

  static final Setting<List<String>> STORE_ADDRS =
      Setting.of(
          "store_addrs",
          Types.ADDRESSES,
          o -> o.store().addresses(),
          "addresses: all of them for etcd and ZooKeeper, the first for MySQL and PostgreSQL");

  static final Setting<String> STORE_KEY_PREFIX =
      Setting.of(
          "store_key_prefix",
          ValueType.TEXT,
          o -> o.store().keyPrefix(),
          "put before every key in the store, no separator added");

  static final Setting<Backend> BACKEND =
      Setting.of(
          "backend",
          Types.BACKEND,
          o -> o.store().backend(),
          "one of etcd_store, memory_store, postgres_store, mysql_store, and our own embedded_store"
              + " and zookeeper_store");

  static final Setting<String> META_TABLE_NAME =
      Setting.of(
          "meta_table_name",
          ValueType.TEXT,
          o -> o.store().sql().tableName(),
          "table of MySQL and PostgreSQL");

  static final Setting<Optional<String>> META_SCHEMA_NAME =
      Setting.of(
          "meta_schema_name",
          ValueType.optional(ValueType.TEXT),
          o -> o.store().sql().schemaName(),
          "schema of the table, PostgreSQL only");

  static final Setting<Boolean> AUTO_CREATE_SCHEMA =
      Setting.of(
          "auto_create_schema",
          ValueType.BOOL,
          o -> o.store().sql().autoCreateSchema(),
          "create that schema, PostgreSQL only");

  static final Setting<Long> META_ELECTION_LOCK_ID =
      Setting.of(
          "meta_election_lock_id",
          ValueType.UNSIGNED,
          o -> o.store().sql().electionLockId(),
          "advisory lock of the election, PostgreSQL only");

  static final Setting<Integer> MAX_TXN_OPS =
      Setting.of(
          "max_txn_ops",
          ValueType.COUNT,
          o -> o.store().maxTxnOps(),
          "most operations of one transaction; at most etcd's --max-txn-ops");

  static final Setting<Duration> BACKEND_CLIENT_KEEP_ALIVE_INTERVAL =
      Setting.of(
          "backend_client.keep_alive_interval",
          ValueType.DURATION,
          o -> o.store().client().keepAliveInterval(),
          "ping interval of the connection, etcd only");

  static final Setting<Duration> BACKEND_CLIENT_KEEP_ALIVE_TIMEOUT =
      Setting.of(
          "backend_client.keep_alive_timeout",
          ValueType.DURATION,
          o -> o.store().client().keepAliveTimeout(),
          "how long a ping may stay unanswered, etcd only");

  static final Setting<Duration> BACKEND_CLIENT_CONNECT_TIMEOUT =
      Setting.of(
          "backend_client.connect_timeout",
          ValueType.DURATION,
          o -> o.store().client().connectTimeout(),
          "how long connecting may take, etcd only");

  static final Setting<String> ETCD_USER =
      Setting.own(
          "etcd.user", ValueType.TEXT, o -> o.store().etcd().user(), "user name; empty for none");

  static final Setting<Secret> ETCD_PASSWORD =
      Setting.own(
          "etcd.password", ValueType.SECRET, o -> o.store().etcd().password(), "its password");

  static final Setting<Duration> ETCD_CALL_TIMEOUT =
      Setting.own(
          "etcd.call_timeout",
          ValueType.DURATION,
          o -> o.store().etcd().callTimeout(),
          "how long one call may take before it is given up");

  static final Setting<ByteSize> ETCD_MAX_REQUEST_BYTES =
      Setting.own(
          "etcd.max_request_bytes",
          ValueType.SIZE,
          o -> o.store().etcd().maxRequestSize(),
          "the largest request etcd takes: the value of its --max-request-bytes");

  static final Setting<String> EMBEDDED_DATA_DIR =
      Setting.own(
          "embedded.data_dir",
          ValueType.TEXT,
          o -> o.store().embedded().dataDir(),
          "directory of the embedded store; empty: <data_home>/metasrv/store");

  private StoreSettings() {}

  static List<Setting<?>> all() {
    List<Setting<?>> all =
        new ArrayList<>(
            List.of(
                STORE_ADDRS,
                STORE_KEY_PREFIX,
                BACKEND,
                META_TABLE_NAME,
                META_SCHEMA_NAME,
                AUTO_CREATE_SCHEMA,
                META_ELECTION_LOCK_ID,
                MAX_TXN_OPS,
                BACKEND_CLIENT_KEEP_ALIVE_INTERVAL,
                BACKEND_CLIENT_KEEP_ALIVE_TIMEOUT,
                BACKEND_CLIENT_CONNECT_TIMEOUT,
                ETCD_USER,
                ETCD_PASSWORD,
                ETCD_CALL_TIMEOUT,
                ETCD_MAX_REQUEST_BYTES,
                EMBEDDED_DATA_DIR));
    all.addAll(ZooKeeperSettings.all());
    all.addAll(BACKEND_TLS.all());
    return List.copyOf(all);
  }

  static StoreOptions build(Values v) {
    return new StoreOptions(
        v.get(BACKEND),
        v.get(STORE_ADDRS),
        v.get(STORE_KEY_PREFIX),
        v.get(MAX_TXN_OPS),
        BACKEND_TLS.build(v),
        new BackendClientOptions(
            v.get(BACKEND_CLIENT_KEEP_ALIVE_INTERVAL),
            v.get(BACKEND_CLIENT_KEEP_ALIVE_TIMEOUT),
            v.get(BACKEND_CLIENT_CONNECT_TIMEOUT)),
        new SqlOptions(
            v.get(META_TABLE_NAME),
            v.get(META_SCHEMA_NAME),
            v.get(AUTO_CREATE_SCHEMA),
            v.get(META_ELECTION_LOCK_ID)),
        new EtcdOptions(
            v.get(ETCD_USER),
            v.get(ETCD_PASSWORD),
            v.get(ETCD_CALL_TIMEOUT),
            v.get(ETCD_MAX_REQUEST_BYTES)),
        new EmbeddedOptions(v.get(EMBEDDED_DATA_DIR)),
        ZooKeeperSettings.build(v));
  }
}
