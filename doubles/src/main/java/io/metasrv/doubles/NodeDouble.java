package io.metasrv.doubles;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.metasrv.client.MetaClient;
import io.metasrv.client.MetaClientOptions;
import io.metasrv.nodes.ClusterNode;
import io.metasrv.nodes.Moment;
import io.metasrv.protocol.grpc.ServerSettings;
import io.metasrv.protocol.v1.HealthCheckGrpc;
import io.metasrv.protocol.v1.HealthCheckRequest;
import io.metasrv.protocol.v1.HealthCheckResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A node that can be started, stopped, killed, stalled and moved. It listens on a free port of the
 * loopback interface and keeps it over restarts. Thread-safe; {@link #close()} stops it.
 *
 * @param <N> the rules it follows
 */
public abstract sealed class NodeDouble<N extends ClusterNode> implements AutoCloseable
    permits DatanodeDouble, FlownodeDouble, FrontendDouble {

  private static final String HOST = "127.0.0.1";

  /** A running process. */
  private record Running<N extends ClusterNode>(
      NodeDriver<N> driver, Server server, ExecutorService executor, StreamWatch watch) {}

  private final String name;
  private final Observations observations = new Observations();
  private final Gate gate = new Gate();
  private final ReentrantLock life = new ReentrantLock();
  private int port;
  private volatile @Nullable Running<N> running;

  NodeDouble(String name) {
    this.name = name;
  }

  abstract MetaClientOptions clientOptions();

  abstract N create(MetaClient client, String address, Moment now);

  abstract List<BindableService> services();

  /** What it has seen, over all restarts. */
  public final Observations observations() {
    return observations;
  }

  /**
   * Where it listens.
   *
   * @throws IllegalStateException before the first start
   */
  public final String address() {
    if (port == 0) {
      throw new IllegalStateException(name + " has not been started yet");
    }
    return HOST + ":" + port;
  }

  /** Whether it runs (it may be stalled). */
  public final boolean isRunning() {
    return running != null;
  }

  /** Starts the process; nothing if it runs. */
  public final void start() {
    life.lock();
    try {
      if (running == null) {
        running = launch();
      }
    } finally {
      life.unlock();
    }
  }

  private Running<N> launch() {
    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    Server server = listen(executor);
    StreamWatch watch = new StreamWatch();
    MetaClient client = MetaClient.open(clientOptions().withHeartbeatChannels(watch::watch));
    String address = address();
    NodeDriver<N> driver =
        new NodeDriver<>(
            name, client, observations, watch, gate, (meta, now) -> create(meta, address, now));
    driver.start();
    return new Running<>(driver, server, executor, watch);
  }

  private Server listen(ExecutorService executor) {
    NettyServerBuilder builder =
        ServerSettings.defaults()
            .applyTo(NettyServerBuilder.forAddress(new InetSocketAddress(HOST, port)))
            .executor(executor)
            .addService(new Health());
    services().forEach(builder::addService);
    try {
      Server server = builder.build().start();
      port = server.getPort();
      return server;
    } catch (IOException taken) {
      executor.close();
      throw new UncheckedIOException(
          name + " cannot listen on " + HOST + ":" + port + "; is the port taken?", taken);
    }
  }

  /** Stops the process in order: streams are ended, the port is closed. Nothing if it is down. */
  public final void stop() {
    end(false);
  }

  /** Ends the process at once: connections break without a word. Nothing if it is down. */
  public final void kill() {
    end(true);
  }

  private void end(boolean abruptly) {
    life.lock();
    try {
      Running<N> process = running;
      if (process == null) {
        return;
      }
      running = null;
      if (abruptly) {
        process.watch().cut();
      }
      process.driver().close();
      process.server().shutdownNow();
      process.executor().shutdownNow();
      process.watch().close();
      // A stall ends with the process.
      gate.set(false);
      awaitPort(process.server());
    } finally {
      life.unlock();
    }
  }

  private static void awaitPort(Server server) {
    try {
      boolean ended = server.awaitTermination(5, TimeUnit.SECONDS);
      if (!ended) {
        throw new IllegalStateException("the double's port did not close within 5 s");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The process stands still: it sends nothing, answers nothing, and its clocks run on. */
  public final void stall() {
    gate.set(true);
    Running<N> process = running;
    if (process != null) {
      process.watch().read(false);
    }
  }

  /** The process goes on. */
  public final void resume() {
    Running<N> process = running;
    if (process != null) {
      process.watch().read(true);
    }
    gate.set(false);
  }

  /** Kills the process and starts it again at the same address, with a later epoch. */
  public final void restart() {
    kill();
    start();
  }

  /** Kills the process and starts it again at another address. */
  public final void changeAddress() {
    life.lock();
    try {
      kill();
      port = 0;
      start();
    } finally {
      life.unlock();
    }
  }

  @Override
  public final void close() {
    stop();
  }

  /** Does something in the node's own thread. */
  final <T> T call(NodeDriver.Call<N, T> work) {
    Running<N> process = running;
    if (process == null) {
      throw new IllegalStateException(name + " does not run");
    }
    return process.driver().call(work);
  }

  @Override
  public final String toString() {
    return name;
  }

  /** Every node of a cluster answers this. */
  private static final class Health extends HealthCheckGrpc.HealthCheckImplBase {
    @Override
    public void healthCheck(
        HealthCheckRequest request, StreamObserver<HealthCheckResponse> answer) {
      answer.onNext(HealthCheckResponse.getDefaultInstance());
      answer.onCompleted();
    }
  }
}
