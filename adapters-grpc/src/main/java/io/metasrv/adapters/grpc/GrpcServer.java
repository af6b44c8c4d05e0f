package io.metasrv.adapters.grpc;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.InternalNettyServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.StreamEnd;
import io.metasrv.protocol.v1.meta.ClusterGrpc;
import io.metasrv.protocol.v1.meta.ConfigGrpc;
import io.metasrv.protocol.v1.meta.HeartbeatGrpc;
import io.metasrv.protocol.v1.meta.ProcedureServiceGrpc;
import io.metasrv.protocol.v1.meta.StoreGrpc;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gRPC port (sheet 01 §2): the five services, health and reflection over HTTP/2, and the legacy
 * admin routes over HTTP/1.1, on one socket. Serves as leader and as follower alike.
 *
 * <p>Life: {@link #start}, {@link #drain} (optional), {@link #stop}; by one thread. Not to be
 * started again.
 */
public final class GrpcServer {

  private static final Logger LOG = LoggerFactory.getLogger(GrpcServer.class);

  // One thread accepts; the others only move bytes, since handlers run on tasks.
  private static final int ACCEPTING_THREADS = 1;

  private static final List<String> SERVICES =
      List.of(
          HeartbeatGrpc.SERVICE_NAME,
          StoreGrpc.SERVICE_NAME,
          ClusterGrpc.SERVICE_NAME,
          ProcedureServiceGrpc.SERVICE_NAME,
          ConfigGrpc.SERVICE_NAME);

  private final GrpcServerOptions options;
  private final Runtime runtime;
  private final GrpcServices services;
  private final GrpcHeartbeat heartbeat;
  private final PortCertificates certificates;
  private final HealthStatusManager health = new HealthStatusManager();
  private @Nullable Server server;
  private @Nullable EventLoopGroup accepting;
  private @Nullable EventLoopGroup serving;

  /** Does no work yet. */
  public GrpcServer(GrpcServerOptions options, GrpcServices services, Runtime runtime) {
    this.options = options;
    this.services = services;
    this.runtime = runtime;
    this.heartbeat = new GrpcHeartbeat(services.heartbeat(), runtime);
    this.certificates = new PortCertificates(options.tls());
  }

  /**
   * Binds and serves.
   *
   * @throws IOException if the address cannot be bound or the certificates cannot be used; says
   *     which and what to do
   */
  public void start() throws IOException {
    InetSocketAddress address = BindAddress.parse(options.bindAddress());
    certificates.start(runtime);
    accepting = eventLoops(ACCEPTING_THREADS, "metasrv-grpc-accept");
    serving = eventLoops(0, "metasrv-grpc-io");
    Server built = build(address, accepting, serving);
    try {
      built.start();
    } catch (IOException e) {
      stopEventLoops();
      certificates.stop();
      throw BindAddress.failure(options.bindAddress(), e);
    }
    server = built;
    SERVICES.forEach(name -> health.setStatus(name, ServingStatus.SERVING));
    LOG.info("gRPC port listens on {} (TLS: {})", built.getListenSockets(), options.tls().mode());
  }

  private static EventLoopGroup eventLoops(int threads, String name) {
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
  }

  private Server build(
      InetSocketAddress address, EventLoopGroup acceptLoops, EventLoopGroup serveLoops) {
    LegacyAdmin admin = new LegacyAdmin(services.admin());
    PortNegotiator negotiator =
        new PortNegotiator(
            options.tls(),
            certificates,
            options.transport().maxReceiveBytes(),
            () -> new LegacyAdminHandler(admin, runtime));
    UnknownEncodings encodings = new UnknownEncodings();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address, InternalNettyServerCredentials.create(negotiator))
            .channelType(NioServerSocketChannel.class)
            .bossEventLoopGroup(acceptLoops)
            .workerEventLoopGroup(serveLoops)
            .executor(command -> runtime.start("grpc call", command::run))
            .addStreamTracerFactory(encodings)
            .intercept(encodings);
    options
        .maxConnectionAge()
        .ifPresent(age -> builder.maxConnectionAge(age.toMillis(), TimeUnit.MILLISECONDS));
    return options
        .transport()
        .applyTo(builder)
        .addServices(definitions())
        .addService(health.getHealthService())
        .addService(ProtoReflectionServiceV1.newInstance())
        .build();
  }

  /**
   * The five services as they stand behind the port, from bytes to bytes: for a server of one's
   * own, or to drive them without a network. Can be had without starting this one.
   */
  public List<ServerServiceDefinition> definitions() {
    return List.of(
        guarded(heartbeat),
        guarded(new GrpcStore(services.store())),
        guarded(new GrpcCluster(services.cluster())),
        guarded(new GrpcProcedures(services.procedures())),
        guarded(new GrpcConfig(services.config())));
  }

  private ServerServiceDefinition guarded(BindableService service) {
    return UndecodableRequests.guard(
        ServerInterceptors.intercept(service, new ResponseRules(options.maxSendBytes())),
        options.transport().maxReceiveBytes());
  }

  /** The port bound; of use where port 0 was asked for. */
  public int port() {
    return started().getPort();
  }

  /** How many heartbeat streams are being served. */
  public int openStreams() {
    return heartbeat.openStreams();
  }

  /**
   * Takes no new calls, lets those under way finish, and ends every heartbeat stream with "shutting
   * down", so that nodes look for another metasrv. Does not wait.
   */
  public void drain() {
    health.enterTerminalState();
    started().shutdown();
    heartbeat.endAll(new StreamEnd.ShuttingDown(options.serverAddress()));
  }

  /**
   * Drains, waits, and cuts off what is left. Does nothing on a server that is not running.
   *
   * @param grace how long calls under way may take
   */
  public void stop(Duration grace) throws InterruptedException {
    Server running = server;
    if (running == null || running.isTerminated()) {
      return;
    }
    drain();
    try {
      if (!running.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("gRPC calls still ran after {}; cutting them off", grace);
        running.shutdownNow();
        running.awaitTermination();
      }
    } finally {
      running.shutdownNow();
      certificates.stop();
      stopEventLoops();
    }
    LOG.info("gRPC port {} closed", options.bindAddress());
  }

  private void stopEventLoops() {
    for (EventLoopGroup group : new EventLoopGroup[] {accepting, serving}) {
      if (group != null) {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
      }
    }
  }

  private Server started() {
    Server running = server;
    if (running == null) {
      throw new IllegalStateException("the gRPC port has not been started");
    }
    return running;
  }
}
