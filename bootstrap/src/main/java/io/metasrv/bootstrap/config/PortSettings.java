package io.metasrv.bootstrap.config;

import io.metasrv.application.options.ByteSize;
import io.metasrv.application.options.GrpcOptions;
import io.metasrv.application.options.HttpOptions;
import io.metasrv.application.options.NodeClientOptions;
import io.metasrv.application.options.ShutdownOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The two ports, and calls to others. */
final class PortSettings {

  static final TlsSettings GRPC_TLS =
      TlsSettings.of(
          "grpc.tls",
          o -> o.grpc().tls(),
          "the gRPC port (the reference ignores it)",
          Setting.Kind.REFERENCE);

  static final TlsSettings HTTP_TLS =
      TlsSettings.of("http.tls", o -> o.http().tls(), "the HTTP port", Setting.Kind.OWN);

  static final Setting<String> GRPC_BIND_ADDR =
      Setting.of(
          "grpc.bind_addr",
          ValueType.TEXT,
          o -> o.grpc().bindAddr(),
          "address the gRPC server listens on");

  static final Setting<String> GRPC_SERVER_ADDR =
      Setting.of(
          "grpc.server_addr",
          ValueType.TEXT,
          o -> o.grpc().serverAddr(),
          "address nodes and clients use; empty: first local IP and the port of bind_addr");

  static final Setting<ByteSize> GRPC_MAX_RECV_MESSAGE_SIZE =
      Setting.of(
          "grpc.max_recv_message_size",
          ValueType.SIZE,
          o -> o.grpc().maxRecvMessageSize(),
          "largest message taken");

  static final Setting<ByteSize> GRPC_MAX_SEND_MESSAGE_SIZE =
      Setting.of(
          "grpc.max_send_message_size",
          ValueType.SIZE,
          o -> o.grpc().maxSendMessageSize(),
          "largest message sent");

  static final Setting<Duration> GRPC_HTTP2_KEEP_ALIVE_INTERVAL =
      Setting.of(
          "grpc.http2_keep_alive_interval",
          ValueType.DURATION,
          o -> o.grpc().http2KeepAliveInterval(),
          "ping interval of the server");

  static final Setting<Duration> GRPC_HTTP2_KEEP_ALIVE_TIMEOUT =
      Setting.of(
          "grpc.http2_keep_alive_timeout",
          ValueType.DURATION,
          o -> o.grpc().http2KeepAliveTimeout(),
          "how long a ping may stay unanswered");

  static final Setting<Integer> GRPC_RUNTIME_SIZE =
      Setting.ignored(
          "grpc.runtime_size", ValueType.COUNT, o -> o.grpc().runtimeSize(), "without effect");

  static final Setting<GrpcOptions.FlightCompression> GRPC_FLIGHT_COMPRESSION =
      Setting.ignored(
          "grpc.flight_compression",
          ValueType.lowerCase(GrpcOptions.FlightCompression.class),
          o -> o.grpc().flightCompression(),
          "without effect: none, transport, arrow_ipc, all");

  static final Setting<Optional<Duration>> GRPC_MAX_CONNECTION_AGE =
      Setting.of(
          "grpc.max_connection_age",
          ValueType.optional(ValueType.DURATION),
          o -> o.grpc().maxConnectionAge(),
          "after that long clients are asked to connect anew (the reference ignores it)");

  static final Setting<String> HTTP_ADDR =
      Setting.of(
          "http.addr", ValueType.TEXT, o -> o.http().addr(), "address the HTTP server listens on");

  static final Setting<Duration> HTTP_TIMEOUT =
      Setting.of(
          "http.timeout",
          ValueType.DURATION,
          o -> o.http().timeout(),
          "most time a request may take; 0s: no limit");

  static final Setting<ByteSize> HTTP_BODY_LIMIT =
      Setting.of(
          "http.body_limit",
          ValueType.SIZE,
          o -> o.http().bodyLimit(),
          "largest request body; 0: no limit");

  static final Setting<Boolean> HTTP_ENABLE_CORS =
      Setting.of(
          "http.enable_cors",
          ValueType.BOOL,
          o -> o.http().enableCors(),
          "whether browsers of other origins may call");

  static final Setting<List<String>> HTTP_CORS_ALLOWED_ORIGINS =
      Setting.of(
          "http.cors_allowed_origins",
          ValueType.LIST,
          o -> o.http().corsAllowedOrigins(),
          "which origins; empty: any");

  static final Setting<HttpOptions.PromValidationMode> HTTP_PROM_VALIDATION_MODE =
      Setting.ignored(
          "http.prom_validation_mode",
          ValueType.lowerCase(HttpOptions.PromValidationMode.class),
          o -> o.http().promValidationMode(),
          "without effect");

  static final Setting<Duration> DATANODE_CLIENT_TIMEOUT =
      Setting.of(
          "datanode.client.timeout",
          ValueType.DURATION,
          o -> o.datanodeClient().timeout(),
          "most time a call to a datanode may take");

  static final Setting<Duration> DATANODE_CLIENT_CONNECT_TIMEOUT =
      Setting.of(
          "datanode.client.connect_timeout",
          ValueType.DURATION,
          o -> o.datanodeClient().connectTimeout(),
          "most time connecting may take");

  static final Setting<Boolean> DATANODE_CLIENT_TCP_NODELAY =
      Setting.of(
          "datanode.client.tcp_nodelay",
          ValueType.BOOL,
          o -> o.datanodeClient().tcpNodelay(),
          "send small packets at once");

  static final Setting<Duration> PEER_CLIENT_TIMEOUT =
      Setting.own(
          "peer_client.timeout",
          ValueType.DURATION,
          o -> o.peerClient().timeout(),
          "most time a call to a flownode, frontend or metasrv may take");

  static final Setting<Duration> PEER_CLIENT_CONNECT_TIMEOUT =
      Setting.own(
          "peer_client.connect_timeout",
          ValueType.DURATION,
          o -> o.peerClient().connectTimeout(),
          "most time connecting may take");

  static final Setting<Boolean> PEER_CLIENT_TCP_NODELAY =
      Setting.own(
          "peer_client.tcp_nodelay",
          ValueType.BOOL,
          o -> o.peerClient().tcpNodelay(),
          "send small packets at once");

  static final Setting<Duration> SHUTDOWN_GRACE =
      Setting.own(
          "shutdown.grace",
          ValueType.DURATION,
          o -> o.shutdown().grace(),
          "how long running calls may take to finish at a stop");

  private PortSettings() {}

  static List<Setting<?>> all() {
    List<Setting<?>> all =
        new ArrayList<>(
            List.of(
                GRPC_BIND_ADDR,
                GRPC_SERVER_ADDR,
                GRPC_MAX_RECV_MESSAGE_SIZE,
                GRPC_MAX_SEND_MESSAGE_SIZE,
                GRPC_HTTP2_KEEP_ALIVE_INTERVAL,
                GRPC_HTTP2_KEEP_ALIVE_TIMEOUT,
                GRPC_RUNTIME_SIZE,
                GRPC_FLIGHT_COMPRESSION,
                GRPC_MAX_CONNECTION_AGE,
                HTTP_ADDR,
                HTTP_TIMEOUT,
                HTTP_BODY_LIMIT,
                HTTP_ENABLE_CORS,
                HTTP_CORS_ALLOWED_ORIGINS,
                HTTP_PROM_VALIDATION_MODE,
                DATANODE_CLIENT_TIMEOUT,
                DATANODE_CLIENT_CONNECT_TIMEOUT,
                DATANODE_CLIENT_TCP_NODELAY,
                PEER_CLIENT_TIMEOUT,
                PEER_CLIENT_CONNECT_TIMEOUT,
                PEER_CLIENT_TCP_NODELAY,
                SHUTDOWN_GRACE));
    all.addAll(GRPC_TLS.all());
    all.addAll(HTTP_TLS.all());
    return List.copyOf(all);
  }

  static GrpcOptions grpc(Values v) {
    return new GrpcOptions(
        v.get(GRPC_BIND_ADDR),
        v.get(GRPC_SERVER_ADDR),
        v.get(GRPC_MAX_RECV_MESSAGE_SIZE),
        v.get(GRPC_MAX_SEND_MESSAGE_SIZE),
        v.get(GRPC_HTTP2_KEEP_ALIVE_INTERVAL),
        v.get(GRPC_HTTP2_KEEP_ALIVE_TIMEOUT),
        v.get(GRPC_RUNTIME_SIZE),
        v.get(GRPC_FLIGHT_COMPRESSION),
        GRPC_TLS.build(v),
        v.get(GRPC_MAX_CONNECTION_AGE));
  }

  static HttpOptions http(Values v) {
    return new HttpOptions(
        v.get(HTTP_ADDR),
        v.get(HTTP_TIMEOUT),
        v.get(HTTP_BODY_LIMIT),
        v.get(HTTP_ENABLE_CORS),
        v.get(HTTP_CORS_ALLOWED_ORIGINS),
        v.get(HTTP_PROM_VALIDATION_MODE),
        HTTP_TLS.build(v));
  }

  static NodeClientOptions datanodeClient(Values v) {
    return new NodeClientOptions(
        v.get(DATANODE_CLIENT_TIMEOUT),
        v.get(DATANODE_CLIENT_CONNECT_TIMEOUT),
        v.get(DATANODE_CLIENT_TCP_NODELAY));
  }

  static NodeClientOptions peerClient(Values v) {
    return new NodeClientOptions(
        v.get(PEER_CLIENT_TIMEOUT),
        v.get(PEER_CLIENT_CONNECT_TIMEOUT),
        v.get(PEER_CLIENT_TCP_NODELAY));
  }

  static ShutdownOptions shutdown(Values v) {
    return new ShutdownOptions(v.get(SHUTDOWN_GRACE));
  }
}
