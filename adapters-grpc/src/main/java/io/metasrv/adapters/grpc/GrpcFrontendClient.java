package io.metasrv.adapters.grpc;

import io.grpc.Metadata;
import io.metasrv.application.port.FrontendClient;
import io.metasrv.application.port.Runtime;
import io.metasrv.domain.Peer;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.protocol.grpc.ChannelSettings;
import io.metasrv.protocol.v1.GreptimeDatabaseGrpc;
import io.metasrv.protocol.v1.GreptimeRequest;
import io.metasrv.protocol.v1.GreptimeResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Requests to frontends over gRPC (sheet 01 §12.3). {@link #close} when done. */
public final class GrpcFrontendClient implements FrontendClient, AutoCloseable {

  private static final Metadata.Key<String> HINTS =
      Metadata.Key.of("x-greptime-hints", Metadata.ASCII_STRING_MARSHALLER);

  private final NodeCalls calls;

  /**
   * @param settings of every channel; the reference compresses nothing here
   * @param timeout of every call, from its start to its answer
   */
  public GrpcFrontendClient(ChannelSettings settings, Duration timeout, Runtime runtime) {
    this.calls = new NodeCalls(NodeRole.FRONTEND, settings, timeout, runtime);
  }

  @Override
  public GreptimeResponse handle(Peer frontend, GreptimeRequest request, Map<String, String> hints)
      throws InterruptedException {
    String what = "Database " + request.getRequestCase().name().toLowerCase(Locale.ROOT);
    GreptimeResponse answer =
        calls.call(frontend, what, GreptimeDatabaseGrpc.getHandleMethod(), request, headers(hints));
    calls.check(frontend, what, answer.getHeader().getStatus());
    return answer;
  }

  private static Metadata headers(Map<String, String> hints) {
    Metadata headers = new Metadata();
    if (!hints.isEmpty()) {
      headers.put(
          HINTS,
          hints.entrySet().stream()
              .map(hint -> hint.getKey() + "=" + hint.getValue())
              .collect(Collectors.joining(",")));
    }
    return headers;
  }

  /** Closes every channel; calls under way fail. */
  @Override
  public void close() {
    calls.close();
  }
}
