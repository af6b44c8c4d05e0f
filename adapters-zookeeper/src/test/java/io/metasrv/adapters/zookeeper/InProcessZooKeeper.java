package io.metasrv.adapters.zookeeper;

import java.io.IOException;
import java.util.Map;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;

/** A ZooKeeper inside this process, with ZooKeeper's own default limits. */
final class InProcessZooKeeper implements AutoCloseable {

  private static final int TICK_MILLIS = 500;

  private final TestingServer server;

  private InProcessZooKeeper(TestingServer server) {
    this.server = server;
  }

  static InProcessZooKeeper start() throws Exception {
    // Nothing here survives the process anyway.
    System.setProperty("zookeeper.forceSync", "no");
    InstanceSpec spec =
        new InstanceSpec(
            null,
            -1,
            -1,
            -1,
            true,
            -1,
            TICK_MILLIS,
            200,
            Map.of("admin.enableServer", "false", "maxSessionTimeout", "60000"));
    return new InProcessZooKeeper(new TestingServer(spec, true));
  }

  String address() {
    return server.getConnectString();
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
