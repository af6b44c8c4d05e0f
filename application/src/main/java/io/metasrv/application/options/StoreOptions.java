package io.metasrv.application.options;

import java.util.List;

/**
 * The metadata store. One record holds the options of all backends; each backend reads its own.
 *
 * @param backend which one
 * @param addresses {@code store_addrs}: all of them for etcd and ZooKeeper, the first for SQL
 * @param keyPrefix {@code store_key_prefix}: put before every key (chroot), no separator added
 * @param maxTxnOps most operations of one transaction; at least 1, and no more than etcd's {@code
 *     --max-txn-ops}
 * @param tls {@code backend_tls}
 * @param client {@code backend_client}
 * @param sql MySQL and PostgreSQL only
 * @param etcd {@code [etcd]}, our own
 * @param embedded {@code [embedded]}, our own
 * @param zookeeper {@code [zookeeper]}, our own
 */
public record StoreOptions(
    Backend backend,
    List<String> addresses,
    String keyPrefix,
    int maxTxnOps,
    TlsOptions tls,
    BackendClientOptions client,
    SqlOptions sql,
    EtcdOptions etcd,
    EmbeddedOptions embedded,
    ZooKeeperOptions zookeeper) {

  public StoreOptions {
    addresses = List.copyOf(addresses);
  }

  /** Without the passwords that addresses may hold, and without the lesser options. */
  @Override
  public String toString() {
    return "StoreOptions[backend=%s, addresses=%s, keyPrefix=%s]"
        .formatted(backend, addresses.stream().map(DsnRedaction::redact).toList(), keyPrefix);
  }

  /**
   * The reference's defaults, backend included. That a start without any word about a store takes
   * the embedded one is decided where the layers are known, in {@code bootstrap}.
   */
  public static StoreOptions defaults() {
    return new StoreOptions(
        Backend.ETCD_STORE,
        List.of("127.0.0.1:2379"),
        "",
        128,
        TlsOptions.backendDefaults(),
        BackendClientOptions.defaults(),
        SqlOptions.defaults(),
        EtcdOptions.defaults(),
        EmbeddedOptions.defaults(),
        ZooKeeperOptions.defaults());
  }

  /** The same on another backend. */
  public StoreOptions withBackend(Backend newBackend) {
    return new StoreOptions(
        newBackend, addresses, keyPrefix, maxTxnOps, tls, client, sql, etcd, embedded, zookeeper);
  }

  /** The same with other addresses. */
  public StoreOptions withAddresses(List<String> newAddresses) {
    return new StoreOptions(
        backend, newAddresses, keyPrefix, maxTxnOps, tls, client, sql, etcd, embedded, zookeeper);
  }

  /** The same under another prefix. */
  public StoreOptions withKeyPrefix(String newKeyPrefix) {
    return new StoreOptions(
        backend, addresses, newKeyPrefix, maxTxnOps, tls, client, sql, etcd, embedded, zookeeper);
  }

  /** The same with another transaction limit. */
  public StoreOptions withMaxTxnOps(int newMaxTxnOps) {
    return new StoreOptions(
        backend, addresses, keyPrefix, newMaxTxnOps, tls, client, sql, etcd, embedded, zookeeper);
  }

  /** The same with the embedded store elsewhere. */
  public StoreOptions withEmbedded(EmbeddedOptions newEmbedded) {
    return new StoreOptions(
        backend, addresses, keyPrefix, maxTxnOps, tls, client, sql, etcd, newEmbedded, zookeeper);
  }

  /** The same with other etcd options. */
  public StoreOptions withEtcd(EtcdOptions newEtcd) {
    return new StoreOptions(
        backend, addresses, keyPrefix, maxTxnOps, tls, client, sql, newEtcd, embedded, zookeeper);
  }

  /** The same with other options of MySQL and PostgreSQL. */
  public StoreOptions withSql(SqlOptions newSql) {
    return new StoreOptions(
        backend, addresses, keyPrefix, maxTxnOps, tls, client, newSql, etcd, embedded, zookeeper);
  }

  /** The same with other TLS options. */
  public StoreOptions withTls(TlsOptions newTls) {
    return new StoreOptions(
        backend, addresses, keyPrefix, maxTxnOps, newTls, client, sql, etcd, embedded, zookeeper);
  }

  /** The same with other ZooKeeper options. */
  public StoreOptions withZooKeeper(ZooKeeperOptions newZooKeeper) {
    return new StoreOptions(
        backend, addresses, keyPrefix, maxTxnOps, tls, client, sql, etcd, embedded, newZooKeeper);
  }
}
