package io.metasrv.adapters.etcd;

import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.StatusRequest;
import io.etcd.jetcd.api.StatusResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NegotiationType;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.metasrv.application.options.BackendClientOptions;
import io.metasrv.application.options.EtcdOptions;
import io.metasrv.application.options.StoreOptions;
import io.metasrv.domain.error.StoreException;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to an etcd cluster: one gRPC channel over all endpoints, used round robin. A call is
 * tried once; gRPC's own retries are off. Thread-safe. The threads it has are its own and end with
 * {@link #close()}.
 *
 * <p>A store and an election may share a connection; two connections keep renewals from queueing
 * behind large pages.
 */
public final class EtcdConnection implements AutoCloseable {

  /** Answers up to this size are taken, as by the reference (sheet 02 §5). */
  static final int MAX_ANSWER_BYTES = 32 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(EtcdConnection.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /** Makes a member that lost its cluster refuse a call instead of letting it hang. */
  private static final Metadata REQUIRE_LEADER = requireLeader();

  private final EventLoopGroup eventLoop;
  private final ExecutorService callbacks;
  private final ManagedChannel managedChannel;
  private final Channel channel;
  private final @Nullable EtcdToken token;
  private final Duration callTimeout;
  private final String endpoints;
  private volatile long clusterId;

  private EtcdConnection(
      StoreOptions options, List<EtcdEndpoint> endpoints, Optional<SslContext> tls) {
    this.endpoints =
        endpoints.stream().map(EtcdEndpoint::authority).collect(Collectors.joining(", "))
            + (tls.isPresent() ? " (TLS)" : " (plain text)");
    this.callTimeout = options.etcd().callTimeout();
    this.eventLoop =
        new MultiThreadIoEventLoopGroup(
            1, Thread.ofPlatform().daemon().name("etcd-io").factory(), NioIoHandler.newFactory());
    this.callbacks =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("etcd-callback").factory());
    this.managedChannel = channelTo(endpoints, tls, options.client());
    this.channel =
        ClientInterceptors.intercept(
            managedChannel, MetadataUtils.newAttachHeadersInterceptor(REQUIRE_LEADER));
    this.token = tokenFor(options.etcd());
  }

  /**
   * Connects, logs in and asks the cluster who it is.
   *
   * @throws IllegalArgumentException if an address, a certificate file or a key file cannot be used
   * @throws StoreException.Unavailable if no endpoint answers, or etcd refuses the user
   */
  public static EtcdConnection open(StoreOptions options) {
    List<EtcdEndpoint> endpoints = EtcdEndpoint.parseAll(options.addresses());
    EtcdConnection connection =
        new EtcdConnection(options, endpoints, EtcdTls.context(options.tls(), endpoints));
    try {
      StatusResponse status =
          connection.call(
              MaintenanceGrpc.getStatusMethod(),
              StatusRequest.getDefaultInstance(),
              connection.callTimeout);
      connection.clusterId = status.getHeader().getClusterId();
      LOG.info("Connected to etcd {} at {}", status.getVersion(), connection.endpoints);
      return connection;
    } catch (EtcdCallException e) {
      connection.close();
      throw new StoreException.Unavailable(
          "Cannot use etcd at %s: %s. Check that etcd runs there, and store_addrs, backend_tls and [etcd] user and password"
              .formatted(connection.endpoints, e.getMessage()),
          e);
    }
  }

  private ManagedChannel channelTo(
      List<EtcdEndpoint> members, Optional<SslContext> tls, BackendClientOptions client) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forTarget(EtcdEndpointResolver.target(members))
            .defaultLoadBalancingPolicy("round_robin")
            .disableServiceConfigLookUp()
            .disableRetry()
            .eventLoopGroup(eventLoop)
            .channelType(NioSocketChannel.class)
            .executor(callbacks)
            .offloadExecutor(callbacks)
            .maxInboundMessageSize(MAX_ANSWER_BYTES)
            .withOption(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                Math.toIntExact(client.connectTimeout().toMillis()))
            // Not while idle: etcd counts such pings as abuse and closes the connection.
            .keepAliveTime(client.keepAliveInterval().toNanos(), TimeUnit.NANOSECONDS)
            .keepAliveTimeout(client.keepAliveTimeout().toNanos(), TimeUnit.NANOSECONDS);
    tls.ifPresentOrElse(
        context -> builder.sslContext(context).negotiationType(NegotiationType.TLS),
        builder::usePlaintext);
    return builder.build();
  }

  private @Nullable EtcdToken tokenFor(EtcdOptions etcd) {
    return etcd.user().isEmpty()
        ? null
        : new EtcdToken(channel, etcd.user(), etcd.password().value(), callTimeout);
  }

  /**
   * Makes one call and waits for its answer. Repeated once if etcd refused the token, which it does
   * before anything is applied.
   */
  <Q, A> A call(MethodDescriptor<Q, A> method, Q request, Duration timeout)
      throws EtcdCallException {
    try {
      return callOnce(method, request, timeout);
    } catch (EtcdCallException e) {
      if (!forgetRefusedToken(e)) {
        throw e;
      }
      return callOnce(method, request, timeout);
    }
  }

  private <Q, A> A callOnce(MethodDescriptor<Q, A> method, Q request, Duration timeout)
      throws EtcdCallException {
    SentTracker tracker = new SentTracker();
    try {
      return ClientCalls.blockingUnaryCall(channel, method, callOptions(tracker, timeout), request);
    } catch (StatusRuntimeException e) {
      if (!tracker.sent()) {
        abandonStuckHandshake(e.getStatus());
      }
      throw new EtcdCallException(
          e.getStatus(), tracker.sent(), Thread.currentThread().isInterrupted());
    }
  }

  /**
   * After a call that waited for a connection until its time was over: gives up the connections
   * that were begun and not finished, so that the next call begins new ones. Nothing else would: a
   * peer that accepts the connection and then says nothing has no time limit in gRPC, because pings
   * begin with the first stream.
   */
  void abandonStuckHandshake(Status failure) {
    if (failure.getCode() == Status.Code.DEADLINE_EXCEEDED
        && managedChannel.getState(false) == ConnectivityState.CONNECTING) {
      managedChannel.enterIdle();
    }
  }

  /** Starts a call that waits as long as it takes; ended by its answer or by cancelling it. */
  <Q, A> ClientCall<Q, A> newUnboundedCall(MethodDescriptor<Q, A> method) {
    return channel.newCall(method, withToken(CallOptions.DEFAULT));
  }

  /** Starts a call that ends after the timeout at the latest. */
  <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, Duration timeout) {
    return channel.newCall(method, callOptions(new SentTracker(), timeout));
  }

  private CallOptions callOptions(SentTracker tracker, Duration timeout) {
    return withToken(
        CallOptions.DEFAULT
            .withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS)
            .withStreamTracerFactory(tracker));
  }

  private CallOptions withToken(CallOptions options) {
    return token == null ? options : options.withCallCredentials(token);
  }

  /** Whether the call failed for its token, and may be repeated with a new one. */
  boolean forgetRefusedToken(EtcdCallException failure) {
    if (token == null || failure.interrupted() || !failure.tokenRefused()) {
      return false;
    }
    token.forget();
    return true;
  }

  /** How long an ordinary call may take. */
  Duration callTimeout() {
    return callTimeout;
  }

  /** The identity of the cluster: a fence of another one is refused. */
  long clusterId() {
    return clusterId;
  }

  /** The endpoints, for errors; without secrets. */
  String endpoints() {
    return endpoints;
  }

  /**
   * Ends all calls and waits until the connection's threads are gone, at most about five seconds.
   * Idempotent.
   */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    managedChannel.shutdownNow();
    try {
      managedChannel.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      eventLoop.shutdownGracefully(0, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).await();
      callbacks.shutdown();
      callbacks.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Metadata requireLeader() {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER), "true");
    return headers;
  }
}
