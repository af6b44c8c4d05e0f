package io.metasrv.adapters.grpc;

import io.metasrv.application.port.NodeStream;
import io.metasrv.application.service.AdminService;
import io.metasrv.application.service.ClusterService;
import io.metasrv.application.service.ConfigService;
import io.metasrv.application.service.HeartbeatService;
import io.metasrv.application.service.ProcedureService;
import io.metasrv.application.service.StoreService;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.protocol.v1.meta.AskLeaderRequest;
import io.metasrv.protocol.v1.meta.AskLeaderResponse;
import io.metasrv.protocol.v1.meta.BatchDeleteRequest;
import io.metasrv.protocol.v1.meta.BatchDeleteResponse;
import io.metasrv.protocol.v1.meta.BatchGetRequest;
import io.metasrv.protocol.v1.meta.BatchGetResponse;
import io.metasrv.protocol.v1.meta.BatchPutRequest;
import io.metasrv.protocol.v1.meta.BatchPutResponse;
import io.metasrv.protocol.v1.meta.CompareAndPutRequest;
import io.metasrv.protocol.v1.meta.CompareAndPutResponse;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.meta.DdlTaskResponse;
import io.metasrv.protocol.v1.meta.DeleteRangeRequest;
import io.metasrv.protocol.v1.meta.DeleteRangeResponse;
import io.metasrv.protocol.v1.meta.GcRegionsRequest;
import io.metasrv.protocol.v1.meta.GcRegionsResponse;
import io.metasrv.protocol.v1.meta.GcTableRequest;
import io.metasrv.protocol.v1.meta.GcTableResponse;
import io.metasrv.protocol.v1.meta.MetasrvPeersRequest;
import io.metasrv.protocol.v1.meta.MetasrvPeersResponse;
import io.metasrv.protocol.v1.meta.MigrateRegionRequest;
import io.metasrv.protocol.v1.meta.MigrateRegionResponse;
import io.metasrv.protocol.v1.meta.Peer;
import io.metasrv.protocol.v1.meta.ProcedureDetailRequest;
import io.metasrv.protocol.v1.meta.ProcedureDetailResponse;
import io.metasrv.protocol.v1.meta.ProcedureStateResponse;
import io.metasrv.protocol.v1.meta.PullConfigRequest;
import io.metasrv.protocol.v1.meta.PullConfigResponse;
import io.metasrv.protocol.v1.meta.PutRequest;
import io.metasrv.protocol.v1.meta.PutResponse;
import io.metasrv.protocol.v1.meta.QueryProcedureRequest;
import io.metasrv.protocol.v1.meta.RangeRequest;
import io.metasrv.protocol.v1.meta.RangeResponse;
import io.metasrv.protocol.v1.meta.ReconcileRequest;
import io.metasrv.protocol.v1.meta.ReconcileResponse;
import io.metasrv.protocol.v1.meta.ResponseHeader;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** Application services that answer what a test tells them to. */
final class CannedServices {

  static final ResponseHeader OK = ResponseHeader.newBuilder().setProtocolVersion(1).build();

  static final ResponseHeader NOT_LEADER =
      ResponseHeader.newBuilder()
          .setProtocolVersion(1)
          .setError(
              io.metasrv.protocol.v1.meta.Error.newBuilder()
                  .setCode(2)
                  .setErrMsg("Current server is not leader"))
          .build();

  volatile Streams streams = stream -> stream.receive();
  volatile Function<RangeRequest, RangeResponse> range =
      request -> RangeResponse.newBuilder().setHeader(OK).build();
  volatile Function<BatchGetRequest, BatchGetResponse> batchGet =
      request -> BatchGetResponse.newBuilder().setHeader(OK).build();
  volatile Function<PutRequest, PutResponse> put =
      request -> PutResponse.newBuilder().setHeader(OK).build();
  volatile Function<DdlTaskRequest, DdlTaskResponse> ddl =
      request -> DdlTaskResponse.getDefaultInstance();
  final Admin admin = new Admin();

  /** What happens on a heartbeat stream. */
  @FunctionalInterface
  interface Streams {
    void serve(NodeStream stream) throws InterruptedException;
  }

  GrpcServices all() {
    return new GrpcServices(
        new Heartbeats(), new Store(), new Cluster(), new Procedures(), new Config(), admin);
  }

  private final class Heartbeats implements HeartbeatService {
    @Override
    public void serve(NodeStream stream) throws InterruptedException {
      streams.serve(stream);
    }

    @Override
    public AskLeaderResponse askLeader(AskLeaderRequest request) {
      return AskLeaderResponse.newBuilder()
          .setHeader(OK)
          .setLeader(Peer.newBuilder().setAddr("127.0.0.1:3002"))
          .build();
    }
  }

  private final class Store implements StoreService {
    @Override
    public RangeResponse range(RangeRequest request) {
      return range.apply(request);
    }

    @Override
    public PutResponse put(PutRequest request) {
      return put.apply(request);
    }

    @Override
    public BatchGetResponse batchGet(BatchGetRequest request) {
      return batchGet.apply(request);
    }

    @Override
    public BatchPutResponse batchPut(BatchPutRequest request) {
      return BatchPutResponse.newBuilder()
          .setHeader(OK)
          .addAllPrevKvs(request.getKvsList())
          .build();
    }

    @Override
    public BatchDeleteResponse batchDelete(BatchDeleteRequest request) {
      return BatchDeleteResponse.newBuilder().setHeader(OK).build();
    }

    @Override
    public CompareAndPutResponse compareAndPut(CompareAndPutRequest request) {
      return CompareAndPutResponse.newBuilder().setHeader(OK).setSuccess(true).build();
    }

    @Override
    public DeleteRangeResponse deleteRange(DeleteRangeRequest request) {
      return DeleteRangeResponse.newBuilder().setHeader(OK).setDeleted(7).build();
    }
  }

  private final class Cluster implements ClusterService {
    @Override
    public RangeResponse range(RangeRequest request) {
      return range.apply(request);
    }

    @Override
    public BatchGetResponse batchGet(BatchGetRequest request) {
      return batchGet.apply(request);
    }

    @Override
    public MetasrvPeersResponse metasrvPeers(MetasrvPeersRequest request) {
      return MetasrvPeersResponse.newBuilder().setHeader(OK).build();
    }
  }

  private final class Procedures implements ProcedureService {
    @Override
    public ProcedureStateResponse query(QueryProcedureRequest request) {
      throw ServiceException.invalidArguments("Procedure not found: x");
    }

    @Override
    public DdlTaskResponse ddl(DdlTaskRequest request) {
      return ddl.apply(request);
    }

    @Override
    public ReconcileResponse reconcile(ReconcileRequest request) {
      return ReconcileResponse.getDefaultInstance();
    }

    @Override
    public MigrateRegionResponse migrate(MigrateRegionRequest request) {
      return MigrateRegionResponse.getDefaultInstance();
    }

    @Override
    public ProcedureDetailResponse details(ProcedureDetailRequest request) {
      return ProcedureDetailResponse.getDefaultInstance();
    }

    @Override
    public GcRegionsResponse gcRegions(GcRegionsRequest request) {
      return GcRegionsResponse.getDefaultInstance();
    }

    @Override
    public GcTableResponse gcTable(GcTableRequest request) {
      return GcTableResponse.getDefaultInstance();
    }
  }

  private static final class Config implements ConfigService {
    @Override
    public PullConfigResponse pullConfig(PullConfigRequest request) {
      return PullConfigResponse.newBuilder().setHeader(OK).build();
    }
  }

  static final class Admin implements AdminService {
    final Set<Switch> on = EnumSet.noneOf(Switch.class);
    volatile boolean election = true;
    volatile Optional<String> leader = Optional.of("10.0.0.1:3002");

    @Override
    public Optional<String> leader() {
      return leader;
    }

    @Override
    public boolean hasElection() {
      return election;
    }

    @Override
    public String nodeLeasesJson() {
      return "[]";
    }

    @Override
    public String heartbeatsJson(Optional<String> address) {
      return "[\"" + address.orElse("all") + "\"]";
    }

    @Override
    public boolean isOn(Switch which) {
      return on.contains(which);
    }

    @Override
    public void set(Switch which, boolean wanted) {
      if (wanted) {
        on.add(which);
      } else {
        on.remove(which);
      }
    }

    @Override
    public long nextTableId() {
      return 1024;
    }

    @Override
    public long setNextTableId(long next) {
      return next;
    }

    @Override
    public Readiness readiness() {
      return new Readiness(true, "leader", leader, OptionalLong.of(1), List.of());
    }
  }
}
