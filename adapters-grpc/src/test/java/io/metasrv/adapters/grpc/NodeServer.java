package io.metasrv.adapters.grpc;

import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.metasrv.domain.Peer;
import io.metasrv.protocol.grpc.ServerSettings;
import io.metasrv.protocol.v1.GreptimeDatabaseGrpc;
import io.metasrv.protocol.v1.GreptimeRequest;
import io.metasrv.protocol.v1.GreptimeResponse;
import io.metasrv.protocol.v1.flow.FlowGrpc;
import io.metasrv.protocol.v1.flow.FlowRequest;
import io.metasrv.protocol.v1.flow.FlowResponse;
import io.metasrv.protocol.v1.region.RegionGrpc;
import io.metasrv.protocol.v1.region.RegionRequest;
import io.metasrv.protocol.v1.region.RegionResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A node on a free port whose answers are in the test's hands. */
final class NodeServer implements AutoCloseable {

  /** Answers a call, or ends it, or leaves it open. */
  @FunctionalInterface
  interface Answer<Q, A> {
    void give(Q request, StreamObserver<A> caller);
  }

  volatile Answer<RegionRequest, RegionResponse> region = unanswered();
  volatile Answer<FlowRequest, FlowResponse> flow = unanswered();
  volatile Answer<GreptimeRequest, GreptimeResponse> database = unanswered();
  final List<Metadata> headers = new CopyOnWriteArrayList<>();
  private final Server server;

  private NodeServer(int port, java.util.function.Function<NodeServer, BindableService> service)
      throws IOException {
    server =
        ServerSettings.defaults()
            .applyTo(NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port)))
            .intercept(new NoteHeaders())
            .addService(service.apply(this))
            .build()
            .start();
  }

  static NodeServer datanode() throws IOException {
    return datanode(0);
  }

  static NodeServer datanode(int port) throws IOException {
    return new NodeServer(port, node -> node.new Regions());
  }

  static NodeServer flownode() throws IOException {
    return new NodeServer(0, node -> node.new Flows());
  }

  static NodeServer frontend() throws IOException {
    return new NodeServer(0, node -> node.new Database());
  }

  static <Q, A> Answer<Q, A> always(A answer) {
    return (request, caller) -> {
      caller.onNext(answer);
      caller.onCompleted();
    };
  }

  static <Q, A> Answer<Q, A> failing(Throwable failure) {
    return (request, caller) -> caller.onError(failure);
  }

  private static <Q, A> Answer<Q, A> unanswered() {
    return (request, caller) -> {};
  }

  int port() {
    return server.getPort();
  }

  Peer peer() {
    return new Peer(7, "127.0.0.1:" + port());
  }

  @Override
  public void close() throws InterruptedException {
    server.shutdownNow();
    server.awaitTermination();
  }

  private final class NoteHeaders implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata received, ServerCallHandler<Q, A> next) {
      headers.add(received);
      return next.startCall(call, received);
    }
  }

  private final class Regions extends RegionGrpc.RegionImplBase {
    @Override
    public void handle(RegionRequest request, StreamObserver<RegionResponse> caller) {
      region.give(request, caller);
    }
  }

  private final class Flows extends FlowGrpc.FlowImplBase {
    @Override
    public void handleCreateRemove(FlowRequest request, StreamObserver<FlowResponse> caller) {
      flow.give(request, caller);
    }
  }

  private final class Database extends GreptimeDatabaseGrpc.GreptimeDatabaseImplBase {
    @Override
    public void handle(GreptimeRequest request, StreamObserver<GreptimeResponse> caller) {
      database.give(request, caller);
    }
  }
}
