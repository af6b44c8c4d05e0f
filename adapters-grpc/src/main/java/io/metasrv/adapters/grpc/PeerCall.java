package io.metasrv.adapters.grpc;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.error.StoreException;
import io.metasrv.protocol.grpc.ErrorTrailers;
import io.metasrv.protocol.grpc.RemoteFailure;
import io.metasrv.protocol.v1.meta.ResponseHeader;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * One call to another metasrv: what its failure means for the caller. The one place where failures
 * of outgoing calls are translated.
 *
 * @param address who was called
 * @param method what was called
 */
record PeerCall(String address, String method) {

  // Sheet 01 §3.2: the only in-band code this version sends.
  private static final int NOT_LEADER = 2;

  /** Throws what the header of an answer reports, if it reports an error or is not there. */
  void check(Optional<ResponseHeader> header) {
    if (header.isEmpty()) {
      throw new ServiceException(
          StatusCode.INTERNAL, what() + ": the answer has no header; is it a metasrv?");
    }
    if (!header.get().hasError()) {
      return;
    }
    io.metasrv.protocol.v1.meta.Error error = header.get().getError();
    if (error.getCode() == NOT_LEADER) {
      throw new NotLeaderException(address);
    }
    throw new ServiceException(
        StatusCode.INTERNAL,
        what() + ": answered with error " + error.getCode() + ": " + error.getErrMsg());
  }

  /** What a failed read means. Nothing changed in any case. */
  MetasrvException readFailure(StatusRuntimeException failure) {
    RemoteFailure remote = ErrorTrailers.read(failure);
    if (remote.coded()) {
      return new ServiceException(remote.code(), text(remote), failure);
    }
    return switch (remote.status()) {
      case OUT_OF_RANGE, RESOURCE_EXHAUSTED ->
          new StoreException.ResponseTooLarge(text(remote), failure);
      case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, ABORTED ->
          new StoreException.Unavailable(text(remote), failure);
      default -> new ServiceException(remote.code(), text(remote), failure);
    };
  }

  /** What a failed write means: certain only where it cannot have taken effect. */
  MetasrvException writeFailure(StatusRuntimeException failure) {
    RemoteFailure remote = ErrorTrailers.read(failure);
    if (neverSent(failure)) {
      return new StoreException.Unavailable(text(remote), failure);
    }
    // A masked error hides whether the store there knew the outcome.
    if (remote.coded() && !remote.code().isMasked()) {
      return new ServiceException(remote.code(), text(remote), failure);
    }
    return new StoreException.UnknownOutcome(
        text(remote) + "; the write may have taken effect: read before writing again", failure);
  }

  private static boolean neverSent(StatusRuntimeException failure) {
    if (failure.getStatus().getCode() != Status.Code.UNAVAILABLE) {
      return false;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  private String text(RemoteFailure remote) {
    return what() + " failed with " + remote.status() + ": " + remote.message();
  }

  private String what() {
    return method + " on the metasrv at " + address;
  }
}
