package io.metasrv.adapters.zookeeper;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.testkit.server.TcpProxy;
import io.metasrv.testkit.server.ZooKeeperServers;
import io.metasrv.testkit.store.StoreFaultFixture;
import java.time.Duration;

/** A store behind a bad network, and its one server. */
final class ZooKeeperStoreFaults implements StoreFaultFixture {

  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration SESSION = Duration.ofSeconds(6);

  private final ZooKeeperServers server;
  private final TcpProxy proxy;
  private final ZooKeeperConnection past;
  private final ZooKeeperConnection through;
  private final ZooKeeperStore direct;
  private final ZooKeeperStore store;

  /**
   * @param server is not closed by this
   */
  ZooKeeperStoreFaults(ZooKeeperServers server) {
    String root = ZooKeepers.freshRoot();
    this.server = server;
    this.proxy = TcpProxy.to("127.0.0.1", server.port(0));
    this.past = ZooKeeperConnection.open(ZooKeepers.options(root, server.address(0)));
    this.through =
        ZooKeeperConnection.open(ZooKeepers.options(root, SESSION, CALL_TIMEOUT, proxy.address()));
    this.direct = new ZooKeeperStore(past, 128);
    this.store = new ZooKeeperStore(through, 128);
  }

  @Override
  public KeyValueStore store() {
    return store;
  }

  @Override
  public KeyValueStore direct() {
    return direct;
  }

  @Override
  public TcpProxy proxy() {
    return proxy;
  }

  @Override
  public void loseAnswersOfWrites() {
    proxy.intercept(Multis.meet(TcpProxy.Verdict.LOSE_ANSWERS));
  }

  @Override
  public void killServer() {
    server.kill(0);
  }

  @Override
  public void restartServer() {
    server.restart(0);
  }

  @Override
  public void pauseServer() {
    server.pause(0);
  }

  @Override
  public void resumeServer() {
    server.resume(0);
  }

  @Override
  public Duration callTimeout() {
    return CALL_TIMEOUT;
  }

  @Override
  public void close() {
    proxy.restore();
    through.close();
    past.close();
    proxy.close();
  }
}
