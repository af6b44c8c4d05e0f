package io.metasrv.adapters.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.metasrv.application.port.Runtime;
import io.metasrv.domain.Peer;
import io.metasrv.domain.error.NodeException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.protocol.grpc.ChannelSettings;
import io.metasrv.protocol.grpc.ErrorTrailers;
import io.metasrv.protocol.grpc.RemoteFailure;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Calls to the nodes of one role, over channels pooled by address (sheet 01 §12, §13.2). A channel
 * is dropped when its node cannot be reached, so that a node that moved or restarted is found at
 * once, and when nobody used it for a while. Thread-safe; blocks the calling task.
 */
final class NodeCalls implements AutoCloseable {

  private final NodeRole role;
  private final PeerChannels channels;
  private final Duration timeout;

  /**
   * @param timeout of every call, from its start to its answer
   */
  NodeCalls(NodeRole role, ChannelSettings settings, Duration timeout, Runtime runtime) {
    this.role = role;
    this.channels = new PeerChannels(settings, runtime);
    this.timeout = timeout;
  }

  /**
   * Sends a request once.
   *
   * @param what the request, for messages
   * @throws NodeException if it did not end well
   * @throws InterruptedException if the calling task was cancelled
   */
  <Q, A> A call(Peer node, String what, MethodDescriptor<Q, A> method, Q request, Metadata headers)
      throws InterruptedException {
    ManagedChannel channel = channels.to(node.address());
    Channel withHeaders =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return ClientCalls.blockingUnaryCall(withHeaders, method, options, request);
    } catch (StatusRuntimeException failure) {
      if (Thread.interrupted()) {
        throw interrupted(failure);
      }
      if (failure.getStatus().getCode() == Status.Code.UNAVAILABLE) {
        channels.forget(node.address(), channel);
      }
      throw translate(node, what, failure);
    }
  }

  private static InterruptedException interrupted(StatusRuntimeException failure) {
    InterruptedException interrupted =
        new InterruptedException("the task was cancelled during a call to a node");
    interrupted.addSuppressed(failure);
    return interrupted;
  }

  private NodeException translate(Peer node, String what, StatusRuntimeException failure) {
    RemoteFailure remote = ErrorTrailers.read(failure);
    NodeException translated =
        new NodeException(
            isRetryable(remote.status()),
            request(node, what),
            new ServiceException(remote.code(), words(remote, failure)));
    translated.addSuppressed(failure);
    return translated;
  }

  /** The rule of sheet 01 §12.1. */
  private static boolean isRetryable(Status.Code status) {
    return status == Status.Code.UNAVAILABLE
        || status == Status.Code.CANCELLED
        || status == Status.Code.DEADLINE_EXCEEDED;
  }

  private String words(RemoteFailure remote, StatusRuntimeException failure) {
    if (remote.coded()) {
      return remote.message();
    }
    if (remote.status() == Status.Code.UNIMPLEMENTED) {
      return "it does not offer this service (" + remote.message() + "); is it a " + name() + "?";
    }
    return remote.status() + ": " + remote.message() + connection(failure);
  }

  /** Why there is no connection, which the status itself does not say. */
  private static String connection(StatusRuntimeException failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
        return ": " + cause.getMessage();
      }
    }
    return "";
  }

  /**
   * Throws what the status inside an answer reports, if it reports an error (sheet 01 §12.1). Never
   * retryable.
   */
  void check(Peer node, String what, io.metasrv.protocol.v1.Status status) {
    if (status.getStatusCode() != StatusCode.SUCCESS.number()) {
      StatusCode code = StatusCode.ofNumber(status.getStatusCode()).orElse(StatusCode.INTERNAL);
      throw new NodeException(
          false, request(node, what), new ServiceException(code, status.getErrMsg()));
    }
  }

  /** The error for an answer without the status that each answer of the role carries. */
  NodeException withoutStatus(Peer node, String what) {
    return new NodeException(
        false,
        request(node, what),
        new ServiceException(
            StatusCode.INTERNAL, "its answer carries no status; is it a " + name() + "?"));
  }

  private String request(Peer node, String what) {
    return "%s request to %s %s failed".formatted(what, name(), node);
  }

  private String name() {
    return role.displayName().toLowerCase(Locale.ROOT);
  }

  /** Closes every channel; calls under way fail. */
  @Override
  public void close() {
    channels.close();
  }
}
