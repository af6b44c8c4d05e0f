package io.metasrv.client;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.metasrv.domain.RegionId;
import io.metasrv.protocol.v1.meta.MigrateRegionRequest;
import io.metasrv.protocol.v1.meta.MigrateRegionResponse;
import io.metasrv.protocol.v1.meta.ProcedureDetailRequest;
import io.metasrv.protocol.v1.meta.ProcedureDetailResponse;
import io.metasrv.protocol.v1.meta.ProcedureId;
import io.metasrv.protocol.v1.meta.ProcedureMeta;
import io.metasrv.protocol.v1.meta.ProcedureServiceGrpc;
import io.metasrv.protocol.v1.meta.ProcedureServiceGrpc.ProcedureServiceBlockingStub;
import io.metasrv.protocol.v1.meta.ProcedureStateResponse;
import io.metasrv.protocol.v1.meta.QueryProcedureRequest;
import io.metasrv.protocol.v1.meta.RequestHeader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Procedures of the leader (sheet 01 §8, §13.6), with the retry rule of calls to the leader.
 * Thread-safe. Calls that change the catalogue are not here yet.
 *
 * <p>Every method throws {@link MetaClientException}. A change that ran out of its time is not
 * repeated: it may have been submitted.
 */
public final class ProcedureClient {

  private final LeaderCalls leader;
  private final Duration timeout;
  private final RequestHeader header;

  ProcedureClient(LeaderCalls leader, Duration timeout, RequestHeader header) {
    this.leader = leader;
    this.timeout = timeout;
    this.header = header;
  }

  /**
   * The state of a procedure that the leader still remembers.
   *
   * @param procedureId UUID text
   */
  public ProcedureStateResponse query(String procedureId) {
    QueryProcedureRequest request =
        QueryProcedureRequest.newBuilder()
            .setHeader(header)
            .setPid(ProcedureId.newBuilder().setKey(ByteString.copyFromUtf8(procedureId)))
            .build();
    return leader.call(
        "ProcedureService.query",
        LeaderCalls.Kind.READ,
        channel -> stub(channel).query(request),
        ProcedureStateResponse::getHeader);
  }

  /** All procedures that the leader knows. */
  public List<ProcedureMeta> list() {
    ProcedureDetailRequest request = ProcedureDetailRequest.newBuilder().setHeader(header).build();
    return leader
        .call(
            "ProcedureService.details",
            LeaderCalls.Kind.READ,
            channel -> stub(channel).details(request),
            ProcedureDetailResponse::getHeader)
        .getProceduresList();
  }

  /**
   * Submits the move of a region.
   *
   * @param fromDatanode unsigned id
   * @param toDatanode unsigned id
   * @param limit how long the procedure may take, in whole seconds
   * @return the id of the procedure, UUID text; empty if there was nothing to do
   */
  public Optional<String> migrateRegion(
      RegionId region, long fromDatanode, long toDatanode, Duration limit) {
    MigrateRegionRequest request =
        MigrateRegionRequest.newBuilder()
            .setHeader(header)
            .setRegionId(region.value())
            .setFromPeer(fromDatanode)
            .setToPeer(toDatanode)
            .setTimeoutSecs(Math.toIntExact(limit.toSeconds()))
            .build();
    MigrateRegionResponse answer =
        leader.call(
            "ProcedureService.migrate",
            LeaderCalls.Kind.CHANGE,
            channel -> stub(channel).migrate(request),
            MigrateRegionResponse::getHeader);
    return answer.hasPid()
        ? Optional.of(answer.getPid().getKey().toStringUtf8())
        : Optional.empty();
  }

  private ProcedureServiceBlockingStub stub(ManagedChannel channel) {
    return ProcedureServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }
}
