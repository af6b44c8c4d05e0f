package io.metasrv.client;

import io.grpc.StatusRuntimeException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.protocol.grpc.ErrorTrailers;
import io.metasrv.protocol.grpc.RemoteFailure;

/** A call of a {@link MetaClient} did not succeed. The message names the call and what was said. */
public final class MetaClientException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What kind of failure it is. */
  public enum Reason {
    /** No metasrv named a leader within three rounds. */
    NO_LEADER,
    /** The node asked does not lead (only where no other attempt was made). */
    NOT_LEADER,
    /** Three attempts ended in "not leader" or in an unreachable leader. */
    RETRIES_EXHAUSTED,
    /** A metasrv answered with an error in the response header. */
    HEADER_ERROR,
    /** The call ended with a status other than OK. */
    STATUS,
    /** No answer within the time allowed. The call may have taken effect. */
    TIMEOUT,
    /** The heartbeat stream has ended. */
    STREAM_ENDED,
    /** An answer could not be understood. */
    BAD_ANSWER,
    /** The client was closed. */
    CLOSED,
    /** The calling thread was interrupted; its interrupt flag is set again. */
    INTERRUPTED
  }

  private final Reason reason;
  private final StatusCode code;

  MetaClientException(Reason reason, StatusCode code, String message) {
    super(message);
    this.reason = reason;
    this.code = code;
  }

  MetaClientException(Reason reason, StatusCode code, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.code = code;
  }

  static MetaClientException ofStatus(String call, String address, StatusRuntimeException cause) {
    RemoteFailure failure = ErrorTrailers.read(cause);
    return new MetaClientException(
        Reason.STATUS,
        failure.code(),
        call + " at " + address + " failed with " + failure.status() + ": " + failure.message(),
        cause);
  }

  /** The kind of failure. */
  public Reason reason() {
    return reason;
  }

  /** The status code as the metasrv sent it, or the one that the failure stands for. */
  public StatusCode code() {
    return code;
  }
}
