package io.metasrv.adapters.zookeeper;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.testkit.server.TcpProxy;
import io.metasrv.testkit.store.StoreFaultContract;
import io.metasrv.testkit.store.StoreFaultFixture;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What the store tells on a bad network, and of a real ZooKeeper that dies or stands still. */
final class ZooKeeperStoreFaultContractTest extends StoreFaultContract {

  private static ZooKeeperServers server;

  @BeforeAll
  static void startServer() {
    server = ZooKeeperServers.start(1);
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected StoreFaultFixture newFixture() {
    return new Fixture();
  }

  private static final class Fixture implements StoreFaultFixture {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SESSION = Duration.ofSeconds(6);

    private final String root = ZooKeepers.freshRoot();
    private final TcpProxy proxy = TcpProxy.to("127.0.0.1", server.port(0));
    private final ZooKeeperConnection past =
        ZooKeeperConnection.open(ZooKeepers.options(root, server.address(0)));
    private final ZooKeeperConnection through =
        ZooKeeperConnection.open(ZooKeepers.options(root, SESSION, CALL_TIMEOUT, proxy.address()));
    private final ZooKeeperStore direct = new ZooKeeperStore(past, 128);
    private final ZooKeeperStore store = new ZooKeeperStore(through, 128);

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
}
