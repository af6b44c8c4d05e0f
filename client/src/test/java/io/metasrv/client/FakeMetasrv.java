package io.metasrv.client;

import com.google.protobuf.ByteString;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.protocol.grpc.ErrorTrailers;
import io.metasrv.protocol.grpc.ServerSettings;
import io.metasrv.protocol.v1.TableId;
import io.metasrv.protocol.v1.meta.AskLeaderRequest;
import io.metasrv.protocol.v1.meta.AskLeaderResponse;
import io.metasrv.protocol.v1.meta.ClusterGrpc;
import io.metasrv.protocol.v1.meta.CompareAndPutRequest;
import io.metasrv.protocol.v1.meta.CompareAndPutResponse;
import io.metasrv.protocol.v1.meta.ConfigGrpc;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.meta.DdlTaskResponse;
import io.metasrv.protocol.v1.meta.DeleteRangeRequest;
import io.metasrv.protocol.v1.meta.DeleteRangeResponse;
import io.metasrv.protocol.v1.meta.Error;
import io.metasrv.protocol.v1.meta.HeartbeatConfig;
import io.metasrv.protocol.v1.meta.HeartbeatGrpc;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.protocol.v1.meta.MetasrvNodeInfo;
import io.metasrv.protocol.v1.meta.MetasrvPeersRequest;
import io.metasrv.protocol.v1.meta.MetasrvPeersResponse;
import io.metasrv.protocol.v1.meta.MigrateRegionRequest;
import io.metasrv.protocol.v1.meta.MigrateRegionResponse;
import io.metasrv.protocol.v1.meta.NodeInfo;
import io.metasrv.protocol.v1.meta.Peer;
import io.metasrv.protocol.v1.meta.ProcedureDetailRequest;
import io.metasrv.protocol.v1.meta.ProcedureDetailResponse;
import io.metasrv.protocol.v1.meta.ProcedureId;
import io.metasrv.protocol.v1.meta.ProcedureMeta;
import io.metasrv.protocol.v1.meta.ProcedureServiceGrpc;
import io.metasrv.protocol.v1.meta.ProcedureStateResponse;
import io.metasrv.protocol.v1.meta.ProcedureStatus;
import io.metasrv.protocol.v1.meta.PullConfigRequest;
import io.metasrv.protocol.v1.meta.PullConfigResponse;
import io.metasrv.protocol.v1.meta.PutRequest;
import io.metasrv.protocol.v1.meta.PutResponse;
import io.metasrv.protocol.v1.meta.QueryProcedureRequest;
import io.metasrv.protocol.v1.meta.RangeRequest;
import io.metasrv.protocol.v1.meta.RangeResponse;
import io.metasrv.protocol.v1.meta.ResponseHeader;
import io.metasrv.protocol.v1.meta.StoreGrpc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A metasrv that answers as sheet 01 says, with its part in the cluster in the test's hands. */
final class FakeMetasrv implements AutoCloseable {

  /** What it answers to those who ask for the leader; empty: there is none. */
  volatile Supplier<Optional<String>> leader;

  /** Whether it considers itself leader. */
  volatile boolean leads = true;

  /** Whether it leaves all calls unanswered. */
  volatile boolean silent;

  /** Whether it opens heartbeat streams but never says a word on them. */
  volatile boolean silentStreams;

  /** A status that procedure and cluster calls end with instead of an answer. */
  volatile Optional<Exception> failure = Optional.empty();

  /** Pages above so many pairs are refused as too large. */
  volatile int largestPage = Integer.MAX_VALUE;

  final AtomicInteger asked = new AtomicInteger();
  final AtomicInteger procedureCalls = new AtomicInteger();
  final AtomicInteger clusterCalls = new AtomicInteger();
  final AtomicInteger storeCalls = new AtomicInteger();
  final List<DdlTaskRequest> ddl = new CopyOnWriteArrayList<>();
  final List<String> encodings = new CopyOnWriteArrayList<>();
  final List<HeartbeatRequest> heartbeats = new CopyOnWriteArrayList<>();
  final List<StreamObserver<HeartbeatResponse>> streams = new CopyOnWriteArrayList<>();
  final ConcurrentSkipListMap<String, String> pairs = new ConcurrentSkipListMap<>();

  private final Server server;

  FakeMetasrv() {
    this.leader = () -> Optional.of(address());
    this.server = start();
  }

  private Server start() {
    try {
      return ServerSettings.defaults()
          .applyTo(NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0)))
          .intercept(new NoteEncoding())
          .addService(new Heartbeat())
          .addService(new Store())
          .addService(new Cluster())
          .addService(new Procedures())
          .addService(new Config())
          .build()
          .start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  static ResponseHeader success() {
    return ResponseHeader.newBuilder().setProtocolVersion(1).build();
  }

  static ResponseHeader notLeader() {
    return success().toBuilder()
        .setError(Error.newBuilder().setCode(2).setErrMsg("Current server is not leader"))
        .build();
  }

  private <A> void answer(StreamObserver<A> observer, A answer) {
    if (!silent) {
      observer.onNext(answer);
      observer.onCompleted();
    }
  }

  /** Fails as asked; whether it did. */
  private boolean failed(StreamObserver<?> observer) {
    failure.ifPresent(observer::onError);
    return failure.isPresent();
  }

  private RangeResponse range(RangeRequest request) {
    String from = request.getKey().toStringUtf8();
    String end = request.getRangeEnd().toStringUtf8();
    RangeResponse.Builder response = RangeResponse.newBuilder().setHeader(success());
    for (var pair : pairs.tailMap(from, true).entrySet()) {
      boolean inside =
          end.isEmpty()
              ? pair.getKey().equals(from)
              : end.equals("\0") || pair.getKey().compareTo(end) < 0;
      if (!inside) {
        break;
      }
      if (request.getLimit() > 0 && response.getKvsCount() == request.getLimit()) {
        return response.setMore(true).build();
      }
      response
          .addKvsBuilder()
          .setKey(ByteString.copyFromUtf8(pair.getKey()))
          .setValue(
              request.getKeysOnly() ? ByteString.EMPTY : ByteString.copyFromUtf8(pair.getValue()));
    }
    return response.build();
  }

  private final class NoteEncoding implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      String encoding =
          headers.get(Metadata.Key.of("grpc-encoding", Metadata.ASCII_STRING_MARSHALLER));
      encodings.add(encoding == null ? "identity" : encoding);
      return next.startCall(call, headers);
    }
  }

  private final class Heartbeat extends HeartbeatGrpc.HeartbeatImplBase {
    @Override
    public void askLeader(AskLeaderRequest request, StreamObserver<AskLeaderResponse> observer) {
      asked.incrementAndGet();
      Optional<String> named = leader.get();
      if (named.isEmpty() && !silent) {
        observer.onError(ErrorTrailers.toStatus(StatusCode.INTERNAL, "Internal error: 1003"));
        return;
      }
      named.ifPresent(
          address ->
              answer(
                  observer,
                  AskLeaderResponse.newBuilder()
                      .setHeader(success())
                      .setLeader(Peer.newBuilder().setAddr(address))
                      .build()));
    }

    @Override
    public StreamObserver<HeartbeatRequest> heartbeat(StreamObserver<HeartbeatResponse> observer) {
      streams.add(observer);
      return new StreamObserver<>() {
        private boolean handshaken;

        @Override
        public void onNext(HeartbeatRequest request) {
          heartbeats.add(request);
          if (silent || silentStreams) {
            return;
          }
          HeartbeatResponse.Builder response =
              HeartbeatResponse.newBuilder().setHeader(leads ? success() : notLeader());
          if (!handshaken) {
            response.setHeartbeatConfig(
                HeartbeatConfig.newBuilder()
                    .setHeartbeatIntervalMs(18_000)
                    .setRetryIntervalMs(3_000));
          }
          handshaken = true;
          observer.onNext(response.build());
          if (!leads) {
            observer.onError(
                Status.ABORTED
                    .withDescription("The requested metasrv node is not leader")
                    .asException());
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

  private final class Store extends StoreGrpc.StoreImplBase {
    @Override
    public void range(RangeRequest request, StreamObserver<RangeResponse> observer) {
      storeCalls.incrementAndGet();
      if (request.getLimit() > largestPage) {
        observer.onError(Status.OUT_OF_RANGE.withDescription("too large").asException());
        return;
      }
      answer(observer, FakeMetasrv.this.range(request));
    }

    @Override
    public void put(PutRequest request, StreamObserver<PutResponse> observer) {
      storeCalls.incrementAndGet();
      pairs.put(request.getKey().toStringUtf8(), request.getValue().toStringUtf8());
      answer(observer, PutResponse.newBuilder().setHeader(success()).build());
    }

    @Override
    public void compareAndPut(
        CompareAndPutRequest request, StreamObserver<CompareAndPutResponse> observer) {
      String key = request.getKey().toStringUtf8();
      String current = pairs.getOrDefault(key, "");
      boolean equal = current.equals(request.getExpect().toStringUtf8());
      if (equal) {
        pairs.put(key, request.getValue().toStringUtf8());
      }
      answer(
          observer,
          CompareAndPutResponse.newBuilder().setHeader(success()).setSuccess(equal).build());
    }

    @Override
    public void deleteRange(
        DeleteRangeRequest request, StreamObserver<DeleteRangeResponse> observer) {
      var range =
          pairs.subMap(request.getKey().toStringUtf8(), request.getRangeEnd().toStringUtf8());
      int deleted = range.size();
      range.clear();
      answer(
          observer,
          DeleteRangeResponse.newBuilder().setHeader(success()).setDeleted(deleted).build());
    }
  }

  private final class Cluster extends ClusterGrpc.ClusterImplBase {
    @Override
    public void range(RangeRequest request, StreamObserver<RangeResponse> observer) {
      clusterCalls.incrementAndGet();
      if (failed(observer)) {
        return;
      }
      if (!leads) {
        answer(observer, RangeResponse.newBuilder().setHeader(notLeader()).build());
        return;
      }
      answer(observer, FakeMetasrv.this.range(request));
    }

    @Override
    public void metasrvPeers(
        MetasrvPeersRequest request, StreamObserver<MetasrvPeersResponse> observer) {
      clusterCalls.incrementAndGet();
      answer(
          observer,
          MetasrvPeersResponse.newBuilder()
              .setHeader(leads ? success() : notLeader())
              .setLeader(
                  MetasrvNodeInfo.newBuilder()
                      .setPeer(Peer.newBuilder().setAddr(address()))
                      .setInfo(NodeInfo.newBuilder().setVersion("1.1.4").setHostname("m1")))
              .addFollowers(
                  MetasrvNodeInfo.newBuilder().setPeer(Peer.newBuilder().setAddr("10.0.0.2:3002")))
              .build());
    }
  }

  private final class Procedures extends ProcedureServiceGrpc.ProcedureServiceImplBase {
    @Override
    public void ddl(DdlTaskRequest request, StreamObserver<DdlTaskResponse> observer) {
      procedureCalls.incrementAndGet();
      ddl.add(request);
      if (failed(observer)) {
        return;
      }
      answer(
          observer,
          leads
              ? DdlTaskResponse.newBuilder()
                  .setPid(ProcedureId.newBuilder().setKey(ByteString.copyFromUtf8("a-uuid")))
                  .addTableIds(TableId.newBuilder().setId(1024))
                  .build()
              : DdlTaskResponse.newBuilder().setHeader(notLeader()).build());
    }

    @Override
    public void details(
        ProcedureDetailRequest request, StreamObserver<ProcedureDetailResponse> observer) {
      procedureCalls.incrementAndGet();
      answer(
          observer,
          leads
              ? ProcedureDetailResponse.newBuilder()
                  .addProcedures(
                      ProcedureMeta.newBuilder()
                          .setId(ProcedureId.newBuilder().setKey(ByteString.copyFromUtf8("a-uuid")))
                          .setTypeName("metasrv-procedure::DropView")
                          .setStatus(ProcedureStatus.Retrying)
                          .addLockKeys("Share(\"__catalog_lock/greptime\")"))
                  .build()
              : ProcedureDetailResponse.newBuilder().setHeader(notLeader()).build());
    }

    @Override
    public void query(
        QueryProcedureRequest request, StreamObserver<ProcedureStateResponse> observer) {
      procedureCalls.incrementAndGet();
      if (failed(observer)) {
        return;
      }
      answer(
          observer,
          leads
              ? ProcedureStateResponse.newBuilder().setStatus(ProcedureStatus.Done).build()
              : ProcedureStateResponse.newBuilder().setHeader(notLeader()).build());
    }

    @Override
    public void migrate(
        MigrateRegionRequest request, StreamObserver<MigrateRegionResponse> observer) {
      procedureCalls.incrementAndGet();
      if (failed(observer) || Context.current().isCancelled()) {
        return;
      }
      answer(
          observer,
          leads
              ? MigrateRegionResponse.newBuilder()
                  .setPid(ProcedureId.newBuilder().setKey(ByteString.copyFromUtf8("a-uuid")))
                  .build()
              : MigrateRegionResponse.newBuilder().setHeader(notLeader()).build());
    }
  }

  private final class Config extends ConfigGrpc.ConfigImplBase {
    @Override
    public void pullConfig(PullConfigRequest request, StreamObserver<PullConfigResponse> observer) {
      answer(observer, PullConfigResponse.newBuilder().setHeader(success()).setPayload("").build());
    }
  }
}
