package io.metasrv.adapters.zookeeper;

import io.metasrv.application.port.Election;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.Bytes;
import io.metasrv.testkit.election.ElectionFaultFixture;
import io.metasrv.testkit.server.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.zookeeper.ZooKeeper;

/** Nodes with a connection each, on a part of ZooKeeper that belongs to the running test alone. */
final class ZooKeeperElectionNodes implements ElectionFaultFixture {

  /** Short, but with room for a busy machine; candidates expire soon enough to wait for it. */
  private static final ElectionTiming TIMING =
      new ElectionTiming(
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          Duration.ofMillis(1500),
          Duration.ofSeconds(4));

  static final Duration SESSION = Duration.ofMillis(3600);

  private final int port;
  private final String root = ZooKeepers.freshRoot();
  private final TcpProxy proxy;
  private final boolean behindProxy;
  private final VirtualThreadRuntime runtime = new VirtualThreadRuntime();
  private final List<ZooKeeperConnection> connections = new ArrayList<>();
  private final Map<Election, TcpProxy> networks = new IdentityHashMap<>();
  private final ZooKeeperConnection past;
  private final ZooKeeperStore store;

  /**
   * @param behindProxy whether what {@link #join()} gives goes through one common proxy
   */
  ZooKeeperElectionNodes(int port, boolean behindProxy) {
    this.port = port;
    this.behindProxy = behindProxy;
    this.proxy = TcpProxy.to("127.0.0.1", port);
    this.past = connect("127.0.0.1:" + port);
    this.store = new ZooKeeperStore(past, 128);
  }

  private ZooKeeperConnection connect(String address) {
    ZooKeeperConnection connection =
        ZooKeeperConnection.open(ZooKeepers.options(root, SESSION, Duration.ofSeconds(3), address));
    connections.add(connection);
    return connection;
  }

  @Override
  public Election join() {
    if (behindProxy) {
      return node(proxy.address());
    }
    TcpProxy network = TcpProxy.to("127.0.0.1", port);
    Election node = node(network.address());
    networks.put(node, network);
    return node;
  }

  @Override
  public Election joinDirectly() {
    return node("127.0.0.1:" + port);
  }

  private Election node(String address) {
    return election(connect(address));
  }

  /** Every node's election. */
  static ZooKeeperElection election(ZooKeeperConnection connection) {
    return new ZooKeeperElection(connection, "cluster/", TIMING);
  }

  /** Where in ZooKeeper they are. */
  String root() {
    return root;
  }

  /** The process is gone: nothing it sends arrives any more, and no goodbye either. */
  @Override
  public void crash(Election participant) {
    Objects.requireNonNull(networks.get(participant), "not one of these nodes").cut();
  }

  @Override
  public TcpProxy proxy() {
    return proxy;
  }

  @Override
  public KeyValueStore store() {
    return store;
  }

  /** What is below the parents, which stay. */
  @Override
  public List<Bytes> rawKeys() {
    List<Bytes> keys = new ArrayList<>();
    store.range(KeyRange.all(), RangeOptions.ALL.onlyKeys()).kvs().stream()
        .map(KeyValue::key)
        .forEach(keys::add);
    try {
      Deadline deadline = Deadline.in(Duration.ofSeconds(10));
      ZooKeeper session = past.connected(deadline).handle();
      Requests.await(Requests.sync(session, root), deadline);
      for (String kind : List.of(past.layout().elections(), past.layout().candidates())) {
        for (String name : Requests.await(Requests.children(session, kind), deadline)) {
          String parent = kind + "/" + name;
          Requests.await(Requests.children(session, parent), deadline).stream()
              .sorted()
              .forEach(child -> keys.add(Bytes.utf8(parent + "/" + child)));
        }
      }
      return keys;
    } catch (ZooKeeperCallException e) {
      throw new AssertionError("cannot list the election's znodes", e);
    }
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
    proxy.restore();
    networks.values().forEach(TcpProxy::restore);
    connections.forEach(ZooKeeperConnection::close);
    proxy.close();
    networks.values().forEach(TcpProxy::close);
  }
}
