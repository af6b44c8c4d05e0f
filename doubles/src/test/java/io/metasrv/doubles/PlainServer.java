package io.metasrv.doubles;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.metasrv.protocol.grpc.ServerSettings;
import io.metasrv.protocol.v1.meta.AskLeaderRequest;
import io.metasrv.protocol.v1.meta.AskLeaderResponse;
import io.metasrv.protocol.v1.meta.HeartbeatConfig;
import io.metasrv.protocol.v1.meta.HeartbeatGrpc;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.protocol.v1.meta.Peer;
import io.metasrv.protocol.v1.meta.RangeRequest;
import io.metasrv.protocol.v1.meta.RangeResponse;
import io.metasrv.protocol.v1.meta.StoreGrpc;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A metasrv on grpc-java as it comes, which ends responses without resetting the stream. */
final class PlainServer implements AutoCloseable {

  private final List<StreamObserver<HeartbeatResponse>> streams = new CopyOnWriteArrayList<>();
  private volatile boolean ending;
  private final int port;
  private Server server;

  PlainServer() throws Exception {
    server = start(0);
    port = server.getPort();
  }

  private Server start(int wanted) throws Exception {
    return ServerSettings.defaults()
        .applyTo(NettyServerBuilder.forPort(wanted))
        .addService(new Heartbeats())
        .addService(new Store())
        .build()
        .start();
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** Ends the responses of all streams, open now and opened later. */
  void endResponses() {
    ending = true;
    for (StreamObserver<HeartbeatResponse> stream : streams) {
      if (streams.remove(stream)) {
        end(stream);
      }
    }
  }

  private static void end(StreamObserver<HeartbeatResponse> stream) {
    stream.onError(Status.ABORTED.withDescription("not leader").asException());
  }

  void restart() throws Exception {
    ending = false;
    server = start(port);
  }

  @Override
  public void close() throws InterruptedException {
    server.shutdownNow();
    server.awaitTermination();
  }

  private final class Heartbeats extends HeartbeatGrpc.HeartbeatImplBase {
    @Override
    public void askLeader(AskLeaderRequest request, StreamObserver<AskLeaderResponse> observer) {
      observer.onNext(
          AskLeaderResponse.newBuilder().setLeader(Peer.newBuilder().setAddr(address())).build());
      observer.onCompleted();
    }

    @Override
    public StreamObserver<HeartbeatRequest> heartbeat(StreamObserver<HeartbeatResponse> observer) {
      return new StreamObserver<>() {
        private boolean greeted;

        @Override
        public void onNext(HeartbeatRequest request) {
          if (!greeted) {
            greeted = true;
            observer.onNext(
                HeartbeatResponse.newBuilder()
                    .setHeartbeatConfig(
                        HeartbeatConfig.newBuilder()
                            .setHeartbeatIntervalMs(50)
                            .setRetryIntervalMs(50))
                    .build());
            streams.add(observer);
          } else if (ending && streams.remove(observer)) {
            end(observer);
          }
        }

        @Override
        public void onError(Throwable failure) {
          streams.remove(observer);
        }

        @Override
        public void onCompleted() {
          streams.remove(observer);
        }
      };
    }
  }

  private static final class Store extends StoreGrpc.StoreImplBase {
    @Override
    public void range(RangeRequest request, StreamObserver<RangeResponse> observer) {
      observer.onNext(RangeResponse.getDefaultInstance());
      observer.onCompleted();
    }
  }
}
