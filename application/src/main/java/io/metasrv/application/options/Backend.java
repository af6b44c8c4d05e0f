package io.metasrv.application.options;

/** Where metadata are kept. The TOML spelling is the lower-case name, e.g. {@code etcd_store}. */
public enum Backend {
  ETCD_STORE,
  MEMORY_STORE,
  POSTGRES_STORE,
  MYSQL_STORE,
  /** Our own: the durable store inside this process. */
  EMBEDDED_STORE,
  /** Our own. */
  ZOOKEEPER_STORE
}
