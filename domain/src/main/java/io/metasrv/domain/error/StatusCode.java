package io.metasrv.domain.error;

import java.util.Optional;

/**
 * The status codes of the wire (sheet 01 §3.4 for the RPC code and the retry flag, sheet 09 §2.2
 * for HTTP). The number travels in the trailer {@code x-greptime-err-code}.
 */
public enum StatusCode {
  SUCCESS(0, RpcCode.OK, 200, false),
  UNKNOWN(1000, RpcCode.UNKNOWN, 500, false),
  UNSUPPORTED(1001, RpcCode.UNIMPLEMENTED, 400, false),
  UNEXPECTED(1002, RpcCode.INTERNAL, 500, false),
  INTERNAL(1003, RpcCode.INTERNAL, 500, true),
  INVALID_ARGUMENTS(1004, RpcCode.INVALID_ARGUMENT, 400, false),
  CANCELLED(1005, RpcCode.CANCELLED, 504, false),
  ILLEGAL_STATE(1006, RpcCode.INTERNAL, 500, false),
  EXTERNAL(1007, RpcCode.UNKNOWN, 503, false),
  DEADLINE_EXCEEDED(1008, RpcCode.DEADLINE_EXCEEDED, 504, false),
  SUSPENDED(1009, RpcCode.RESOURCE_EXHAUSTED, 503, false),
  INVALID_SYNTAX(2000, RpcCode.INVALID_ARGUMENT, 400, false),
  PLAN_QUERY(3000, RpcCode.INTERNAL, 400, false),
  ENGINE_EXECUTE_QUERY(3001, RpcCode.INTERNAL, 500, false),
  TABLE_ALREADY_EXISTS(4000, RpcCode.ALREADY_EXISTS, 400, false),
  TABLE_NOT_FOUND(4001, RpcCode.NOT_FOUND, 400, false),
  TABLE_COLUMN_NOT_FOUND(4002, RpcCode.NOT_FOUND, 400, false),
  TABLE_COLUMN_EXISTS(4003, RpcCode.ALREADY_EXISTS, 400, false),
  DATABASE_NOT_FOUND(4004, RpcCode.NOT_FOUND, 400, false),
  REGION_NOT_FOUND(4005, RpcCode.NOT_FOUND, 400, false),
  REGION_ALREADY_EXISTS(4006, RpcCode.ALREADY_EXISTS, 400, false),
  REGION_READONLY(4007, RpcCode.PERMISSION_DENIED, 401, false),
  REGION_NOT_READY(4008, RpcCode.UNAVAILABLE, 503, true),
  REGION_BUSY(4009, RpcCode.RESOURCE_EXHAUSTED, 503, true),
  TABLE_UNAVAILABLE(4010, RpcCode.UNAVAILABLE, 503, true),
  DATABASE_ALREADY_EXISTS(4011, RpcCode.ALREADY_EXISTS, 400, false),
  STORAGE_UNAVAILABLE(5000, RpcCode.UNAVAILABLE, 503, true),
  REQUEST_OUTDATED(5001, RpcCode.INVALID_ARGUMENT, 400, false),
  RUNTIME_RESOURCES_EXHAUSTED(6000, RpcCode.RESOURCE_EXHAUSTED, 500, true),
  RATE_LIMITED(6001, RpcCode.RESOURCE_EXHAUSTED, 429, false),
  USER_NOT_FOUND(7000, RpcCode.NOT_FOUND, 401, false),
  UNSUPPORTED_PASSWORD_TYPE(7001, RpcCode.UNAUTHENTICATED, 401, false),
  USER_PASSWORD_MISMATCH(7002, RpcCode.UNAUTHENTICATED, 401, false),
  AUTH_HEADER_NOT_FOUND(7003, RpcCode.UNAUTHENTICATED, 401, false),
  INVALID_AUTH_HEADER(7004, RpcCode.UNAUTHENTICATED, 401, false),
  ACCESS_DENIED(7005, RpcCode.PERMISSION_DENIED, 403, false),
  PERMISSION_DENIED(7006, RpcCode.PERMISSION_DENIED, 403, false),
  FLOW_ALREADY_EXISTS(8000, RpcCode.ALREADY_EXISTS, 400, false),
  FLOW_NOT_FOUND(8001, RpcCode.NOT_FOUND, 400, false),
  TRIGGER_ALREADY_EXISTS(9000, RpcCode.ALREADY_EXISTS, 400, false),
  TRIGGER_NOT_FOUND(9001, RpcCode.NOT_FOUND, 400, false);

  /** The gRPC status that a code travels as. Names are gRPC's own. */
  public enum RpcCode {
    OK,
    UNKNOWN,
    UNIMPLEMENTED,
    INTERNAL,
    INVALID_ARGUMENT,
    CANCELLED,
    DEADLINE_EXCEEDED,
    RESOURCE_EXHAUSTED,
    ALREADY_EXISTS,
    NOT_FOUND,
    PERMISSION_DENIED,
    UNAVAILABLE,
    UNAUTHENTICATED
  }

  private final int number;
  private final RpcCode rpcCode;
  private final int httpStatus;
  private final boolean retryable;

  StatusCode(int number, RpcCode rpcCode, int httpStatus, boolean retryable) {
    this.number = number;
    this.rpcCode = rpcCode;
    this.httpStatus = httpStatus;
    this.retryable = retryable;
  }

  /** The number on the wire. */
  public int number() {
    return number;
  }

  /** The gRPC status that carries this code. */
  public RpcCode rpcCode() {
    return rpcCode;
  }

  /** The HTTP status that carries this code. */
  public int httpStatus() {
    return httpStatus;
  }

  /** Whether clients of the data plane may repeat a request that ended so. */
  public boolean isRetryable() {
    return retryable;
  }

  /**
   * Whether the message must not leave the process: the client sees {@code Internal error: NUMBER}
   * instead.
   */
  public boolean isMasked() {
    return this == UNKNOWN || this == INTERNAL;
  }

  /** The code with this number, if there is one. */
  public static Optional<StatusCode> ofNumber(int number) {
    for (StatusCode code : values()) {
      if (code.number == number) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }
}
