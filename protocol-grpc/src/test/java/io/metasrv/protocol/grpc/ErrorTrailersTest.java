package io.metasrv.protocol.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.error.StoreException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorTrailersTest {

  @ParameterizedTest
  @DisplayName("sheet 01 case 8: each row of the status code table")
  @CsvSource({
    "0,SUCCESS,OK",
    "1000,UNKNOWN,UNKNOWN",
    "1001,UNSUPPORTED,UNIMPLEMENTED",
    "1002,UNEXPECTED,INTERNAL",
    "1003,INTERNAL,INTERNAL",
    "1004,INVALID_ARGUMENTS,INVALID_ARGUMENT",
    "1005,CANCELLED,CANCELLED",
    "1006,ILLEGAL_STATE,INTERNAL",
    "1007,EXTERNAL,UNKNOWN",
    "1008,DEADLINE_EXCEEDED,DEADLINE_EXCEEDED",
    "1009,SUSPENDED,RESOURCE_EXHAUSTED",
    "2000,INVALID_SYNTAX,INVALID_ARGUMENT",
    "3000,PLAN_QUERY,INTERNAL",
    "3001,ENGINE_EXECUTE_QUERY,INTERNAL",
    "4000,TABLE_ALREADY_EXISTS,ALREADY_EXISTS",
    "4001,TABLE_NOT_FOUND,NOT_FOUND",
    "4002,TABLE_COLUMN_NOT_FOUND,NOT_FOUND",
    "4003,TABLE_COLUMN_EXISTS,ALREADY_EXISTS",
    "4004,DATABASE_NOT_FOUND,NOT_FOUND",
    "4005,REGION_NOT_FOUND,NOT_FOUND",
    "4006,REGION_ALREADY_EXISTS,ALREADY_EXISTS",
    "4007,REGION_READONLY,PERMISSION_DENIED",
    "4008,REGION_NOT_READY,UNAVAILABLE",
    "4009,REGION_BUSY,RESOURCE_EXHAUSTED",
    "4010,TABLE_UNAVAILABLE,UNAVAILABLE",
    "4011,DATABASE_ALREADY_EXISTS,ALREADY_EXISTS",
    "5000,STORAGE_UNAVAILABLE,UNAVAILABLE",
    "5001,REQUEST_OUTDATED,INVALID_ARGUMENT",
    "6000,RUNTIME_RESOURCES_EXHAUSTED,RESOURCE_EXHAUSTED",
    "6001,RATE_LIMITED,RESOURCE_EXHAUSTED",
    "7000,USER_NOT_FOUND,NOT_FOUND",
    "7001,UNSUPPORTED_PASSWORD_TYPE,UNAUTHENTICATED",
    "7002,USER_PASSWORD_MISMATCH,UNAUTHENTICATED",
    "7003,AUTH_HEADER_NOT_FOUND,UNAUTHENTICATED",
    "7004,INVALID_AUTH_HEADER,UNAUTHENTICATED",
    "7005,ACCESS_DENIED,PERMISSION_DENIED",
    "7006,PERMISSION_DENIED,PERMISSION_DENIED",
    "8000,FLOW_ALREADY_EXISTS,ALREADY_EXISTS",
    "8001,FLOW_NOT_FOUND,NOT_FOUND",
    "9000,TRIGGER_ALREADY_EXISTS,ALREADY_EXISTS",
    "9001,TRIGGER_NOT_FOUND,NOT_FOUND"
  })
  void givenARowOfTheTable_whenSentAndReadBack_thenStatusAndCodeAreTheRows(
      int number, StatusCode code, Status.Code rpcCode) {
    assertThat(code.number()).isEqualTo(number);

    StatusException sent = ErrorTrailers.toStatus(code, "text");
    assertThat(sent.getStatus().getCode()).isEqualTo(rpcCode);
    assertThat(codeIn(sent)).isEqualTo(String.valueOf(number));

    RemoteFailure read = ErrorTrailers.read(sent.getStatus(), sent.getTrailers());
    assertThat(read).isEqualTo(new RemoteFailure(code, true, rpcCode, "text"));
  }

  @Test
  @DisplayName("sheet 01 case 8: the table has no other rows")
  void givenTheTable_thenEveryCodeIsCovered() {
    assertThat(StatusCode.values()).hasSize(41);
  }

  @Test
  @DisplayName("sheet 01 case 6: a handler's error keeps its code and text")
  void givenAnErrorWithinAnother_whenSent_thenTheInnermostTextIsShown() {
    ServiceException inner =
        new ServiceException(StatusCode.TABLE_NOT_FOUND, "Table not found: greptime.public.t");
    ServiceException outer =
        new ServiceException(StatusCode.TABLE_NOT_FOUND, "could not alter table t", inner);

    StatusException sent = ErrorTrailers.toStatus(outer);

    assertThat(sent.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(sent.getStatus().getDescription()).isEqualTo("Table not found: greptime.public.t");
    assertThat(codeIn(sent)).isEqualTo("4001");
    assertThat(Objects.requireNonNull(sent.getTrailers()).keys())
        .containsExactly("x-greptime-err-code");
  }

  @Test
  void givenACauseFromOutside_whenSent_thenItFollowsTheText() {
    ServiceException failure =
        new ServiceException(
            StatusCode.UNEXPECTED,
            "could not read the file",
            new IllegalStateException("wrapper", new IOException("disk on fire")));

    assertThat(ErrorTrailers.publicMessage(failure))
        .isEqualTo("could not read the file: disk on fire");
  }

  @Test
  @DisplayName("sheet 01 case 7: a fault of ours is masked")
  void givenAnInternalError_whenSent_thenOnlyItsNumberIsShown() {
    StatusException sent =
        ErrorTrailers.toStatus(new StoreException.Unavailable("etcd at 10.0.0.1 refused us"));

    assertThat(sent.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(sent.getStatus().getDescription()).isEqualTo("Internal error: 1003");
    assertThat(codeIn(sent)).isEqualTo("1003");
  }

  @ParameterizedTest
  @EnumSource(Status.Code.class)
  void givenAStatusWithoutACode_whenRead_thenOnlyTimeoutsKeepTheirMeaning(Status.Code status) {
    List<Status.Code> kept = List.of(Status.Code.CANCELLED, Status.Code.DEADLINE_EXCEEDED);

    RemoteFailure read = ErrorTrailers.read(Status.fromCode(status), new Metadata());

    assertThat(read.coded()).isFalse();
    assertThat(read.code())
        .isEqualTo(kept.contains(status) ? StatusCode.valueOf(status.name()) : StatusCode.INTERNAL);
  }

  @ParameterizedTest
  @CsvSource({"12345", "abc", "''"})
  void givenACodeNobodyKnows_whenRead_thenTheStatusDecides(String sent) {
    Metadata trailers = new Metadata();
    trailers.put(ErrorTrailers.ERR_CODE, sent);

    RemoteFailure read = ErrorTrailers.read(Status.NOT_FOUND, trailers);

    assertThat(read.code()).isEqualTo(StatusCode.INTERNAL);
    assertThat(read.coded()).isFalse();
  }

  @Test
  void givenAFlownodesError_whenRead_thenTheTrailersOverrideTheStatus() {
    StatusException sent = ErrorTrailers.toFlownodeStatus(StatusCode.FLOW_NOT_FOUND, "no flow ß\n");

    assertThat(sent.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    RemoteFailure read = ErrorTrailers.read(sent.getStatus(), sent.getTrailers());
    assertThat(read.code()).isEqualTo(StatusCode.FLOW_NOT_FOUND);
    assertThat(read.message()).isEqualTo("no flow \\xc3\\x9f\\n");
    assertThat(ErrorTrailers.escape("plain 'text'")).isEqualTo("plain 'text'");
  }

  @Test
  void givenEveryCode_thenExactlyTwoAreMasked() {
    assertThat(Arrays.stream(StatusCode.values()).filter(StatusCode::isMasked))
        .containsExactly(StatusCode.UNKNOWN, StatusCode.INTERNAL);
  }

  private static String codeIn(StatusException sent) {
    return String.valueOf(Objects.requireNonNull(sent.getTrailers()).get(ErrorTrailers.ERR_CODE));
  }
}
