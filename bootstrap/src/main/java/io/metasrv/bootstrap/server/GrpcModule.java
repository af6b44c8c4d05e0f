package io.metasrv.bootstrap.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.metasrv.adapters.grpc.GrpcDatanodeClient;
import io.metasrv.adapters.grpc.GrpcFlownodeClient;
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
import io.metasrv.application.port.NodeClients;
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
    GrpcPeerClient peers = new GrpcPeerClient(channels(client), client.timeout(), runtime);
    lifecycle.add("channels to other metasrvs", peers::close);
    return peers;
  }

  @Provides
  @Singleton
  NodeClients nodes(MetasrvOptions options, Runtime runtime, Lifecycle lifecycle) {
    NodeClientOptions forDatanodes = options.datanodeClient();
    GrpcDatanodeClient datanodes =
        new GrpcDatanodeClient(
            ChannelSettings.uncompressed().withConnectTimeout(forDatanodes.connectTimeout()),
            forDatanodes.timeout(),
            runtime);
    lifecycle.add("channels to datanodes", datanodes::close);
    NodeClientOptions forOthers = options.peerClient();
    GrpcFlownodeClient flownodes =
        new GrpcFlownodeClient(channels(forOthers), forOthers.timeout(), runtime);
    lifecycle.add("channels to flownodes", flownodes::close);
    return new NodeClients(datanodes, flownodes);
  }

  private static ChannelSettings channels(NodeClientOptions client) {
    return ChannelSettings.defaults().withConnectTimeout(client.connectTimeout());
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
