package io.metasrv.bootstrap.ctl;

import io.metasrv.adapters.http.LogLevels;
import io.metasrv.bootstrap.config.ConfigLoader;
import io.metasrv.bootstrap.config.ConfigSources;
import io.metasrv.bootstrap.server.ServerProcess;
import io.metasrv.client.MetaClient;
import io.metasrv.client.MetaClientOptions;
import io.metasrv.doubles.NodeFleet;
import io.metasrv.nodes.DatanodeOptions;
import io.metasrv.testkit.server.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** A whole server in this process on free ports. */
public final class RunningServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  public final String grpc;
  public final String http;
  private final ServerProcess server;

  private RunningServer(ConfigSources sources) throws IOException, InterruptedException {
    List<Integer> ports = Ports.free(2);
    grpc = "127.0.0.1:" + ports.get(0);
    http = "127.0.0.1:" + ports.get(1);
    server =
        ServerProcess.create(
            ConfigLoader.load(
                sources
                    .withFlag("test", "grpc.bind_addr", grpc)
                    .withFlag("test", "grpc.server_addr", grpc)
                    .withFlag("test", "http.addr", http)),
            new SameLevel());
    server.start();
  }

  private static final class SameLevel implements LogLevels {
    @Override
    public String current() {
      return "info";
    }

    @Override
    public void change(String directives) {
      throw new IllegalArgumentException("fixed");
    }
  }

  /** One on a store in memory. */
  static RunningServer inMemory() throws IOException, InterruptedException {
    return new RunningServer(ConfigSources.none().withFlag("test", "backend", "memory_store"));
  }

  /** One that keeps its data in a directory. */
  public static RunningServer embedded(Path directory) throws IOException, InterruptedException {
    return new RunningServer(
        ConfigSources.none()
            .withFlag("test", "backend", "embedded_store")
            .withFlag("test", "data_home", directory.toString()));
  }

  /** One as a configuration file says. */
  static RunningServer configured(Path file) throws IOException, InterruptedException {
    return new RunningServer(ConfigSources.none().withFile(file));
  }

  /** One that shares an etcd. */
  static RunningServer onEtcd(String endpoint) throws IOException, InterruptedException {
    return new RunningServer(
        ConfigSources.none()
            .withFlag("test", "backend", "etcd_store")
            .withFlag("test", "store_addrs", endpoint));
  }

  /** Nodes that know this server, connected. */
  public NodeFleet fleet() throws InterruptedException, TimeoutException {
    NodeFleet fleet = NodeFleet.start(List.of(grpc), DatanodeOptions.permissive());
    fleet.awaitConnected(PATIENCE);
    return fleet;
  }

  MetaClient client() {
    return MetaClient.open(MetaClientOptions.frontend(List.of(grpc)));
  }

  @Override
  public void close() {
    server.stop();
  }
}
