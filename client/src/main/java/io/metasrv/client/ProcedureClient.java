package io.metasrv.client;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.metasrv.domain.RegionId;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.meta.DdlTaskResponse;
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
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Procedures of the leader (sheet 01 §8, §13.6), with the retry rule of calls to the leader.
 * Thread-safe.
 *
 * <p>Every method throws {@link MetaClientException}. A change that ran out of its time is not
 * repeated: it may have been submitted.
 */
public final class ProcedureClient {

  /** Sheet 06 §20. */
  private static final Duration DDL_LIMIT = Duration.ofSeconds(60);

  /** Extension of the query context that tells statements apart; leaders of this kind know it. */
  private static final String TOKEN = "metasrv.ddl_token";

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

  /**
   * Changes the catalogue and waits for the end (sheet 06 §1, §20).
   *
   * <p>Sent again, three times at most, if the node asked does not lead or cannot be reached, or a
   * metasrv says that it is unavailable. Each time it carries the same token, by which a leader of
   * this kind knows that it is one statement: it is run once. A leader of the original runs it
   * again. If the time is up the call fails; the procedure goes on.
   *
   * @param task with a task and a query context; header, waiting and time are set here
   * @param limit how long to wait, in whole seconds, at least one
   * @return the procedure's id and the ids of what was created
   */
  public DdlTaskResponse ddl(DdlTaskRequest task, Duration limit) {
    return send(task.toBuilder().setWait(true), limit);
  }

  /** {@link #ddl(DdlTaskRequest, Duration)} with the original's limit of a minute. */
  public DdlTaskResponse ddl(DdlTaskRequest task) {
    return ddl(task, DDL_LIMIT);
  }

  /**
   * The same without waiting for the end; a leader of the original waits nevertheless, except for
   * repartitions.
   *
   * @param limit how long the procedure may take where that has a meaning, and this call
   * @return the id of the procedure, UUID text
   */
  public String submitDdl(DdlTaskRequest task, Duration limit) {
    return send(task.toBuilder().setWait(false), limit).getPid().getKey().toStringUtf8();
  }

  private DdlTaskResponse send(DdlTaskRequest.Builder task, Duration limit) {
    DdlTaskRequest request =
        task.setHeader(header)
            .setTimeoutSecs(Math.toIntExact(Math.max(1, limit.toSeconds())))
            .setQueryContext(
                task.getQueryContext().toBuilder()
                    .putExtensions(TOKEN, UUID.randomUUID().toString()))
            .build();
    return leader.call(
        "ProcedureService.ddl",
        LeaderCalls.Kind.CHANGE,
        channel -> stub(channel, limit).ddl(request),
        DdlTaskResponse::getHeader);
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
    return stub(channel, timeout);
  }

  private static ProcedureServiceBlockingStub stub(ManagedChannel channel, Duration limit) {
    return ProcedureServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS);
  }
}
