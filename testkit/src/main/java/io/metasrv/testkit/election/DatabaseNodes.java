package io.metasrv.testkit.election;

import io.metasrv.application.port.Election;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.Bytes;
import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Nodes with connections of their own, on an SQL server with tables for the running test alone. */
public final class DatabaseNodes implements ElectionFaultFixture {

  /** Short, but with room for a busy machine; candidates expire soon enough to wait for it. */
  public static final ElectionTiming TIMING =
      new ElectionTiming(
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          Duration.ofMillis(1500),
          Duration.ofSeconds(4));

  private final DatabaseServer server;
  private final boolean behindProxy;
  private final Opener opener;
  private final RawKeys rawKeys;
  private final TcpProxy proxy;
  private final VirtualThreadRuntime runtime = new VirtualThreadRuntime();
  private final List<Node> nodes = new ArrayList<>();
  private final Node observer;

  /** One process's store and election. */
  public record Node(KeyValueStore store, Election election, AutoCloseable connections) {}

  /** Connects by way of a port of the loopback interface. */
  @FunctionalInterface
  public interface Opener {
    Node open(int port);
  }

  /** The keys of all rows but those that belong to the schema. */
  @FunctionalInterface
  public interface RawKeys {
    List<Bytes> read() throws Exception;
  }

  /**
   * @param behindProxy whether {@link #join()} goes through the proxy
   */
  public DatabaseNodes(DatabaseServer server, boolean behindProxy, Opener opener, RawKeys rawKeys) {
    this.server = server;
    this.behindProxy = behindProxy;
    this.opener = opener;
    this.rawKeys = rawKeys;
    this.proxy = TcpProxy.to(server.host(), server.port());
    this.observer = open(server.port());
  }

  private Node open(int port) {
    Node node = opener.open(port);
    nodes.add(node);
    return node;
  }

  @Override
  public Election join() {
    return behindProxy ? open(proxy.port()).election() : joinDirectly();
  }

  @Override
  public Election joinDirectly() {
    return open(server.port()).election();
  }

  @Override
  public TcpProxy proxy() {
    return proxy;
  }

  @Override
  public KeyValueStore store() {
    return observer.store();
  }

  @Override
  public List<Bytes> rawKeys() {
    try {
      return rawKeys.read();
    } catch (Exception e) {
      throw new IllegalStateException("cannot read the keys", e);
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
  public void close() throws Exception {
    for (Node node : nodes) {
      node.connections().close();
    }
    proxy.close();
  }
}
