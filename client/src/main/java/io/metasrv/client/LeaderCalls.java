package io.metasrv.client;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.metasrv.client.MetaClientException.Reason;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.protocol.grpc.ErrorTrailers;
import io.metasrv.protocol.v1.meta.ResponseHeader;
import java.util.function.Function;

/**
 * Calls to the leader with the reference's retry rule (sheet 01 §13.5): at most three attempts,
 * another one only where the node asked does not lead or cannot be reached, each after asking for
 * the leader again. Thread-safe.
 *
 * <p>A call that ran out of its own time is repeated only if it is a read: a change may have taken
 * effect. (The reference does not see such a timeout as {@code DEADLINE_EXCEEDED}, either.)
 */
final class LeaderCalls {

  private static final int ATTEMPTS = 3;
  private static final int NOT_LEADER = 2;

  /** Whether a call may be repeated after its time ran out. */
  enum Kind {
    READ,
    CHANGE
  }

  private final LeaderFinder finder;
  private final Channels channels;

  LeaderCalls(LeaderFinder finder, Channels channels) {
    this.finder = finder;
    this.channels = channels;
  }

  /**
   * @param call the name of the call, for errors
   * @param attempt sends the request once
   * @param header the header of an answer
   * @throws MetaClientException if it did not succeed
   */
  <A> A call(
      String call,
      Kind kind,
      Function<ManagedChannel, A> attempt,
      Function<A, ResponseHeader> header) {
    String last = "";
    for (int i = 0; i < ATTEMPTS; i++) {
      String leader = i == 0 ? finder.knownOrAsk() : finder.ask();
      ManagedChannel channel = channels.to(leader);
      try {
        A answer = attempt.apply(channel);
        if (!isNotLeader(header.apply(answer))) {
          return checked(call, leader, answer, header.apply(answer));
        }
        last = leader + " does not lead";
      } catch (StatusRuntimeException failure) {
        if (!mayRepeat(kind, failure)) {
          throw MetaClientException.ofStatus(call, leader, failure);
        }
        channels.drop(leader, channel);
        last = leader + ": " + failure.getMessage();
      }
    }
    throw new MetaClientException(
        Reason.RETRIES_EXHAUSTED,
        StatusCode.ILLEGAL_STATE,
        call + " failed in " + ATTEMPTS + " attempts, the last time: " + last);
  }

  private static boolean isNotLeader(ResponseHeader header) {
    return header.hasError() && header.getError().getCode() == NOT_LEADER;
  }

  /** Any other error in the header is the answer's error; an absent header is success. */
  private static <A> A checked(String call, String address, A answer, ResponseHeader header) {
    if (header.hasError()) {
      throw new MetaClientException(
          Reason.HEADER_ERROR,
          StatusCode.INTERNAL,
          call
              + " at "
              + address
              + " was refused: "
              + header.getError().getErrMsg()
              + " (error code "
              + header.getError().getCode()
              + ")");
    }
    return answer;
  }

  private static boolean mayRepeat(Kind kind, StatusRuntimeException failure) {
    Status.Code code = failure.getStatus().getCode();
    if (code == Status.Code.DEADLINE_EXCEEDED) {
      boolean saidByServer = ErrorTrailers.read(failure).coded();
      return kind == Kind.READ || saidByServer;
    }
    return code == Status.Code.UNAVAILABLE;
  }
}
