package io.metasrv.adapters.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.protocol.grpc.ErrorTrailers;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a unary call, or translates its failure: the one place where that happens. */
final class UnaryCalls {

  private static final Logger LOG = LoggerFactory.getLogger(UnaryCalls.class);

  private UnaryCalls() {}

  /**
   * Runs the handler on the calling task. A call that was cancelled or timed out meanwhile gets no
   * answer, but its handler runs to the end: what it submitted goes on (sheet 01 §16).
   *
   * @param method name for the log
   */
  static <A> void answer(String method, StreamObserver<A> caller, Supplier<A> handler) {
    if (caller instanceof ServerCallStreamObserver<A> call) {
      // Without a handler of its own the observer would throw at whoever answers a cancelled call.
      call.setOnCancelHandler(() -> LOG.debug("{} was given up by its caller", method));
    }
    A answer;
    try {
      answer = handler.get();
    } catch (MetasrvException failure) {
      report(method, failure);
      caller.onError(ErrorTrailers.toStatus(failure));
      return;
    } catch (RuntimeException bug) {
      LOG.error("{} failed unexpectedly; its caller sees a masked internal error", method, bug);
      caller.onError(
          ErrorTrailers.toStatus(StatusCode.INTERNAL, ErrorTrailers.masked(StatusCode.INTERNAL)));
      return;
    }
    caller.onNext(answer);
    caller.onCompleted();
  }

  // The caller sees the text of any other error, so that only masked ones need the log. One without
  // a cause says all in its text: a stack for each would let bad input flood the log.
  private static void report(String method, MetasrvException failure) {
    if (!failure.code().isMasked()) {
      LOG.debug("{} refused: {}", method, failure.getMessage());
    } else if (failure.getCause() == null) {
      LOG.warn("{} failed, its caller sees a masked error: {}", method, failure.getMessage());
    } else {
      LOG.warn("{} failed, its caller sees a masked error", method, failure);
    }
  }
}
