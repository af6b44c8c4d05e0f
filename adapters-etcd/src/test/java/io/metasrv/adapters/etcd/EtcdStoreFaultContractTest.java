package io.metasrv.adapters.etcd;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.testkit.server.EtcdServer;
import io.metasrv.testkit.server.TcpProxy;
import io.metasrv.testkit.store.StoreFaultContract;
import io.metasrv.testkit.store.StoreFaultFixture;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What the store tells on a bad network, and of a real etcd that dies or stands still. */
final class EtcdStoreFaultContractTest extends StoreFaultContract {

  private static EtcdServer server;

  @BeforeAll
  static void startServer() {
    server = EtcdServer.start();
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

    private final TcpProxy proxy = TcpProxy.to(server.host(), server.port());
    private final EtcdConnection past = EtcdConnection.open(Etcds.options(server.endpoint()));
    private final EtcdConnection through =
        EtcdConnection.open(Etcds.options(CALL_TIMEOUT, proxy.address()));
    private final EtcdStore direct = new EtcdStore(past, 128);
    private final EtcdStore store = new EtcdStore(through, 128);

    Fixture() {
      direct.deleteRange(KeyRange.all(), Previous.DISCARD);
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
    public void killServer() {
      server.kill();
    }

    @Override
    public void restartServer() {
      server.restart();
    }

    @Override
    public void pauseServer() {
      server.pause();
    }

    @Override
    public void resumeServer() {
      server.resume();
    }

    @Override
    public Duration callTimeout() {
      return CALL_TIMEOUT;
    }

    @Override
    public void close() {
      through.close();
      past.close();
      proxy.close();
    }
  }
}
