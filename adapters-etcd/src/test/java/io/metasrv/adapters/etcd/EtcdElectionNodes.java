package io.metasrv.adapters.etcd;

import io.metasrv.application.port.Election;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.Bytes;
import io.metasrv.testkit.election.ElectionFaultFixture;
import io.metasrv.testkit.server.EtcdServer;
import io.metasrv.testkit.server.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Nodes with a connection each, on an etcd whose keyspace belongs to the running test alone. */
final class EtcdElectionNodes implements ElectionFaultFixture {

  /** Short, but with room for a busy machine; candidates expire soon enough to wait for it. */
  private static final ElectionTiming TIMING =
      new ElectionTiming(
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          Duration.ofMillis(1500),
          Duration.ofSeconds(4));

  private final EtcdServer server;
  private final TcpProxy proxy;
  private final boolean behindProxy;
  private final VirtualThreadRuntime runtime = new VirtualThreadRuntime();
  private final List<EtcdConnection> connections = new ArrayList<>();
  private final EtcdStore store;

  /**
   * @param behindProxy whether {@link #join()} goes through the proxy
   */
  EtcdElectionNodes(EtcdServer server, boolean behindProxy) {
    this.server = server;
    this.behindProxy = behindProxy;
    this.proxy = TcpProxy.to(server.host(), server.port());
    this.store = new EtcdStore(connect(server.endpoint()), 128);
    store.deleteRange(KeyRange.all(), Previous.DISCARD);
  }

  private EtcdConnection connect(String address) {
    EtcdConnection connection = EtcdConnection.open(Etcds.options(Duration.ofSeconds(3), address));
    connections.add(connection);
    return connection;
  }

  @Override
  public Election join() {
    return behindProxy ? node(proxy.address()) : joinDirectly();
  }

  @Override
  public Election joinDirectly() {
    return node(server.endpoint());
  }

  private Election node(String address) {
    return new EtcdElection(connect(address), "cluster/", TIMING);
  }

  @Override
  public TcpProxy proxy() {
    return proxy;
  }

  @Override
  public KeyValueStore store() {
    return store;
  }

  @Override
  public List<Bytes> rawKeys() {
    return store.range(KeyRange.all(), RangeOptions.ALL.onlyKeys()).kvs().stream()
        .map(KeyValue::key)
        .toList();
  }

  @Override
  public Runtime runtime() {
    return runtime;
  }

  @Override
  public void elapse(Duration duration) throws InterruptedException {
    runtime.sleep(duration);
  }

  @Override
  public void close() {
    connections.forEach(EtcdConnection::close);
    proxy.close();
  }
}
