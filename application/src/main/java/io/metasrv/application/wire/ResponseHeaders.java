package io.metasrv.application.wire;

import io.metasrv.protocol.v1.meta.Error;
import io.metasrv.protocol.v1.meta.ResponseHeader;

/** The headers of responses (sheet 01 §3.2). */
public final class ResponseHeaders {

  /** The only version there is. */
  public static final long PROTOCOL_VERSION = 1;

  /** {@code NotLeader} of the in-band error codes. */
  public static final int NOT_LEADER_CODE = 2;

  private static final ResponseHeader SUCCESS =
      ResponseHeader.newBuilder().setProtocolVersion(PROTOCOL_VERSION).build();

  private static final ResponseHeader NOT_LEADER =
      ResponseHeader.newBuilder()
          .setProtocolVersion(PROTOCOL_VERSION)
          .setError(
              Error.newBuilder().setCode(NOT_LEADER_CODE).setErrMsg("Current server is not leader"))
          .build();

  private ResponseHeaders() {}

  /** The header of a response that succeeded. */
  public static ResponseHeader success() {
    return SUCCESS;
  }

  /** The header of a response of a node that does not lead. */
  public static ResponseHeader notLeader() {
    return NOT_LEADER;
  }

  /** Whether the other side said that it does not lead. */
  public static boolean saysNotLeader(ResponseHeader header) {
    return header.hasError() && header.getError().getCode() == NOT_LEADER_CODE;
  }
}
