package io.metasrv.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.metasrv.client.MetaClientException.Reason;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.protocol.grpc.ErrorTrailers;
import io.metasrv.protocol.v1.CreateDatabaseExpr;
import io.metasrv.protocol.v1.QueryContext;
import io.metasrv.protocol.v1.TableId;
import io.metasrv.protocol.v1.meta.CreateDatabaseTask;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.meta.DdlTaskResponse;
import io.metasrv.protocol.v1.meta.ProcedureMeta;
import io.metasrv.protocol.v1.meta.ProcedureStatus;
import io.metasrv.protocol.v1.meta.RequestHeader;
import io.metasrv.protocol.v1.meta.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DdlCallsTest {

  private static final String TOKEN = "metasrv.ddl_token";
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final DdlTaskRequest TASK =
      DdlTaskRequest.newBuilder()
          .setCreateDatabaseTask(
              CreateDatabaseTask.newBuilder()
                  .setCreateDatabase(
                      CreateDatabaseExpr.newBuilder()
                          .setCatalogName("greptime")
                          .setSchemaName("db1")))
          .setQueryContext(
              QueryContext.newBuilder().setCurrentCatalog("greptime").putExtensions("a", "b"))
          .build();

  private final FakeMetasrv metasrv = new FakeMetasrv();
  private final MetaClient client =
      MetaClient.open(
          MetaClientOptions.frontend(List.of(metasrv.address()))
              .withTimeouts(LONG, LONG)
              .withProcedureTimeout(LONG));

  @AfterEach
  void close() {
    client.close();
    metasrv.close();
  }

  @Test
  void givenALeader_whenATaskIsSent_thenItWaitsAndItsAnswerIsReturned() {
    DdlTaskResponse answer = client.procedures().ddl(TASK);

    assertThat(answer.getPid().getKey().toStringUtf8()).isEqualTo("a-uuid");
    assertThat(answer.getTableIdsList()).extracting(TableId::getId).containsExactly(1024);
    DdlTaskRequest sent = metasrv.ddl.getFirst();
    assertThat(sent.getHeader())
        .isEqualTo(RequestHeader.newBuilder().setProtocolVersion(1).setRole(Role.FRONTEND).build());
    assertThat(sent.getWait()).isTrue();
    assertThat(sent.getTimeoutSecs()).isEqualTo(60);
    assertThat(sent.getCreateDatabaseTask()).isEqualTo(TASK.getCreateDatabaseTask());
    assertThat(sent.getQueryContext().getExtensionsMap()).containsEntry("a", "b");
  }

  @Test
  void givenALeader_whenATaskIsOnlySubmitted_thenItDoesNotWait() {
    assertThat(client.procedures().submitDdl(TASK, Duration.ofSeconds(7))).isEqualTo("a-uuid");

    assertThat(metasrv.ddl.getFirst().getWait()).isFalse();
    assertThat(metasrv.ddl.getFirst().getTimeoutSecs()).isEqualTo(7);
  }

  @DisplayName("sheet 01 §13.5: not leader, unavailable: the same request, three times at most")
  @Test
  void givenALeaderThatSteppedDown_whenATaskIsSent_thenItIsSentAgainWithTheSameToken() {
    metasrv.leads = false;

    assertThatThrownBy(() -> client.procedures().ddl(TASK))
        .isInstanceOfSatisfying(
            MetaClientException.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.RETRIES_EXHAUSTED));

    assertThat(metasrv.ddl).hasSize(3);
    assertThat(metasrv.ddl).containsOnly(metasrv.ddl.getFirst());
    assertThat(token(metasrv.ddl.getFirst())).isNotEmpty();

    metasrv.leads = true;
    metasrv.failure = Optional.of(Status.UNAVAILABLE.asException());
    assertThatThrownBy(() -> client.procedures().ddl(TASK)).isInstanceOf(MetaClientException.class);
    assertThat(metasrv.ddl).hasSize(6);
    assertThat(token(metasrv.ddl.getLast())).isEqualTo(token(metasrv.ddl.get(3)));
  }

  @Test
  void givenTwoStatements_whenSent_thenTheirTokensDiffer() {
    DdlTaskResponse first = client.procedures().ddl(TASK);
    DdlTaskResponse second = client.procedures().ddl(TASK);

    assertThat(first).isEqualTo(second);
    assertThat(token(metasrv.ddl.getFirst())).isNotEqualTo(token(metasrv.ddl.getLast()));
  }

  private static String token(DdlTaskRequest request) {
    return request.getQueryContext().getExtensionsMap().getOrDefault(TOKEN, "");
  }

  @Test
  void givenAnError_whenATaskIsSent_thenItsCodeArrivesAndItIsNotSentAgain() {
    metasrv.failure =
        Optional.of(
            ErrorTrailers.toStatus(
                StatusCode.DATABASE_ALREADY_EXISTS,
                "Schema already exists, catalog:greptime, schema: db1"));

    assertThatThrownBy(() -> client.procedures().ddl(TASK))
        .isInstanceOfSatisfying(
            MetaClientException.class,
            failure -> assertThat(failure.code()).isEqualTo(StatusCode.DATABASE_ALREADY_EXISTS))
        .hasMessageContaining("Schema already exists, catalog:greptime, schema: db1");
    assertThat(metasrv.ddl).hasSize(1);
  }

  @DisplayName("sheet 06 §20: when the time is up the client does not send it again")
  @Test
  void givenASilentLeader_whenTheTimeIsUp_thenTheTaskIsNotSentAgain() {
    assertThat(client.askLeader()).isEqualTo(metasrv.address());
    metasrv.silent = true;

    assertThatThrownBy(() -> client.procedures().ddl(TASK, Duration.ofSeconds(1)))
        .isInstanceOfSatisfying(
            MetaClientException.class,
            failure -> assertThat(failure.code()).isEqualTo(StatusCode.DEADLINE_EXCEEDED));
    assertThat(metasrv.ddl).hasSize(1);
  }

  @Test
  void givenProcedures_whenListed_thenTheyAreReturned() {
    assertThat(client.procedures().list())
        .singleElement()
        .returns("metasrv-procedure::DropView", ProcedureMeta::getTypeName)
        .returns(ProcedureStatus.Retrying, ProcedureMeta::getStatus);
  }
}
