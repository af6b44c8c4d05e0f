package io.metasrv.adapters.grpc;

import io.grpc.ManagedChannel;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.protocol.grpc.ChannelSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A started port on a free number, with canned services behind it. */
final class RunningServer implements AutoCloseable {

  final CannedServices services = new CannedServices();
  final VirtualThreadRuntime runtime = new VirtualThreadRuntime();
  private final GrpcServer server;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private boolean stopped;

  RunningServer() throws IOException {
    this(UnaryOperator.identity());
  }

  RunningServer(UnaryOperator<GrpcServerOptions> options) throws IOException {
    server =
        new GrpcServer(
            options.apply(GrpcServerOptions.on("127.0.0.1:0", "10.9.8.7:3002")),
            services.all(),
            runtime);
    server.start();
  }

  GrpcServer server() {
    return server;
  }

  int port() {
    return server.port();
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  ManagedChannel channel() {
    return channel(ChannelSettings.defaults().withConnectTimeout(Duration.ofSeconds(10)));
  }

  ManagedChannel channel(ChannelSettings settings) {
    ManagedChannel channel = settings.builder(address()).build();
    channels.add(channel);
    return channel;
  }

  RawHttp2Client raw() {
    return new RawHttp2Client(port());
  }

  void stop(Duration grace) throws InterruptedException {
    stopped = true;
    server.stop(grace);
  }

  @Override
  public void close() throws InterruptedException {
    channels.forEach(ManagedChannel::shutdownNow);
    if (!stopped) {
      server.stop(Duration.ofMillis(100));
    }
  }
}
