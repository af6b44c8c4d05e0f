package io.metasrv.adapters.etcd;

import io.grpc.Status;
import io.metasrv.domain.error.StoreException;
import java.util.Optional;

/**
 * The one place where failures of etcd become failures of the store port. A write is only called
 * "not done" if it was not sent, or if etcd said something it says before it applies anything;
 * whatever is not known for certain is an unknown outcome.
 */
final class EtcdFailures {

  private static final String TOO_MANY_OPS = "etcdserver: too many operations in txn request";
  private static final String TOO_LARGE = "etcdserver: request is too large";
  private static final String TOO_LARGE_FOR_GRPC = "grpc: received message larger than max";
  private static final String ANSWER_TOO_LARGE = "exceeds maximum size";
  private static final String NO_SPACE = "etcdserver: mvcc: database space exceeded";

  private EtcdFailures() {}

  /** Whether the same read may succeed on another member or a moment later. */
  static boolean isWorthAnotherRead(EtcdCallException failure) {
    return !failure.interrupted()
        && (failure.code() == Status.Code.UNAVAILABLE
            || failure.code() == Status.Code.DEADLINE_EXCEEDED);
  }

  /** A read failed. */
  static StoreException ofRead(String attempted, EtcdCallException failure) {
    if (isAnswerTooLarge(failure)) {
      return new StoreException.ResponseTooLarge(
          "%s: the answer is larger than %d bytes; ask for fewer keys"
              .formatted(attempted, EtcdConnection.MAX_ANSWER_BYTES),
          failure);
    }
    return ofRefusal(attempted, failure).orElseGet(() -> unavailable(attempted, failure));
  }

  /** A write failed. */
  static StoreException ofWrite(String attempted, EtcdCallException failure) {
    if (!failure.sent()) {
      return unavailable(attempted, failure);
    }
    return ofRefusal(attempted, failure)
        .orElseGet(
            () ->
                new StoreException.UnknownOutcome(
                    "%s: %s; it may or may not have taken effect, read before deciding"
                        .formatted(attempted, reason(failure)),
                    failure));
  }

  /** What etcd refuses before it applies anything. */
  private static Optional<StoreException> ofRefusal(String attempted, EtcdCallException failure) {
    String said = failure.description();
    if (said.equals(TOO_MANY_OPS)) {
      return Optional.of(
          new StoreException.Rejected(
              attempted
                  + ": more operations than etcd allows in one transaction; lower max_txn_ops or"
                  + " raise etcd's --max-txn-ops (128 by default)"));
    }
    if (said.equals(TOO_LARGE) || said.startsWith(TOO_LARGE_FOR_GRPC)) {
      return Optional.of(new StoreException.Rejected(attempted + ": " + tooLargeAdvice()));
    }
    if (said.equals("etcdserver: duplicate key given in txn request")
        || said.equals("etcdserver: key is not provided")) {
      return Optional.of(new StoreException.Rejected(attempted + ": " + said));
    }
    if (failure.code() == Status.Code.DATA_LOSS || said.equals("etcdserver: corrupt cluster")) {
      return Optional.of(
          new StoreException.Corrupted(
              "%s: etcd reports damaged data (%s); check the members with etcdctl alarm list"
                  .formatted(attempted, said),
              failure));
    }
    return isCertainlyNotApplied(failure)
        ? Optional.of(unavailable(attempted, failure))
        : Optional.empty();
  }

  /** What an operator can do about a request that is too large for etcd. */
  static String tooLargeAdvice() {
    return "the request is larger than etcd allows; raise etcd's --max-request-bytes (1572864 by"
        + " default) on every member";
  }

  private static boolean isCertainlyNotApplied(EtcdCallException failure) {
    return switch (failure.code()) {
      case UNAUTHENTICATED, PERMISSION_DENIED, UNIMPLEMENTED -> true;
      default ->
          switch (failure.description()) {
            case NO_SPACE,
                "etcdserver: too many requests",
                "etcdserver: no leader",
                "etcdserver: user name is empty",
                "etcdserver: revision of auth store is old",
                "etcdserver: authentication is not enabled",
                "etcdserver: authentication failed, invalid user ID or password" ->
                true;
            default -> false;
          };
    };
  }

  private static boolean isAnswerTooLarge(EtcdCallException failure) {
    return failure.code() == Status.Code.OUT_OF_RANGE
        || (failure.code() == Status.Code.RESOURCE_EXHAUSTED
            && failure.description().contains(ANSWER_TOO_LARGE));
  }

  private static StoreException unavailable(String attempted, EtcdCallException failure) {
    return new StoreException.Unavailable(
        "%s: %s; nothing was changed".formatted(attempted, reason(failure)), failure);
  }

  private static String reason(EtcdCallException failure) {
    if (failure.interrupted()) {
      return "interrupted while waiting for etcd";
    }
    if (failure.description().equals(NO_SPACE)) {
      return "etcd's database is full; compact and defragment it, raise --quota-backend-bytes, then"
          + " etcdctl alarm disarm";
    }
    return failure.getMessage() == null ? failure.code().toString() : failure.getMessage();
  }
}
