package io.metasrv.bootstrap.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.metasrv.adapters.grpc.GrpcPeerClient;
import io.metasrv.adapters.grpc.GrpcServer;
import io.metasrv.adapters.grpc.GrpcServerOptions;
import io.metasrv.adapters.grpc.GrpcServices;
import io.metasrv.adapters.grpc.PortTls;
import io.metasrv.application.metasrv.MetasrvServices;
import io.metasrv.application.options.GrpcOptions;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.options.NodeClientOptions;
import io.metasrv.application.options.TlsOptions;
import io.metasrv.application.port.PeerClient;
import io.metasrv.application.port.Runtime;
import io.metasrv.protocol.grpc.ChannelSettings;
import io.metasrv.protocol.grpc.ServerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The gRPC port, and calls to other metasrvs. */
final class GrpcModule extends AbstractModule {

  private static final Duration CERTIFICATE_CHECK = Duration.ofSeconds(10);

  @Provides
  @Singleton
  PeerClient peers(MetasrvOptions options, Runtime runtime, Lifecycle lifecycle) {
    NodeClientOptions client = options.peerClient();
    GrpcPeerClient peers =
        new GrpcPeerClient(
            ChannelSettings.defaults().withConnectTimeout(client.connectTimeout()),
            client.timeout(),
            runtime);
    lifecycle.add("channels to other metasrvs", peers::close);
    return peers;
  }

  @Provides
  @Singleton
  GrpcServer server(
      MetasrvOptions options, ServerAddress address, MetasrvServices services, Runtime runtime) {
    return new GrpcServer(
        serverOptions(options.grpc(), address),
        new GrpcServices(
            services.heartbeat(),
            services.store(),
            services.cluster(),
            services.procedure(),
            services.config(),
            services.admin()),
        runtime);
  }

  private static GrpcServerOptions serverOptions(GrpcOptions grpc, ServerAddress address) {
    return new GrpcServerOptions(
        grpc.bindAddr(),
        address.text(),
        new ServerSettings(
            grpc.maxRecvMessageSize().toIntSaturated(),
            grpc.http2KeepAliveInterval(),
            grpc.http2KeepAliveTimeout()),
        grpc.maxSendMessageSize().toIntSaturated(),
        tls(grpc.tls()),
        grpc.maxConnectionAge());
  }

  private static PortTls tls(TlsOptions tls) {
    return new PortTls(
        PortTls.Mode.valueOf(tls.mode().name()),
        path(tls.certPath()),
        path(tls.keyPath()),
        path(tls.caCertPath()),
        tls.watch() ? Optional.of(CERTIFICATE_CHECK) : Optional.empty());
  }

  private static Optional<Path> path(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
  }
}
