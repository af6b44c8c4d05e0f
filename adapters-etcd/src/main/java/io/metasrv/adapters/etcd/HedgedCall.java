package io.metasrv.adapters.etcd;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A call that may be made more than once because repeating it does no harm, for those on which a
 * leadership hangs: if an attempt fails, or has no answer after a quarter of the time, the next one
 * starts beside it, on the next member; the first answer counts. So a member that stands still
 * costs a renewal a fraction of its time instead of all of it.
 *
 * @param <A> the answer
 */
final class HedgedCall<A> {

  private static final int ATTEMPTS = 3;
  private static final int SHARE_OF_TIME = 4;

  private final EtcdConnection connection;
  private final Attempt<A> attempt;
  private final LinkedBlockingQueue<Outcome<A>> outcomes = new LinkedBlockingQueue<>();

  /**
   * @param attempt starts the call once; called up to three times
   */
  HedgedCall(EtcdConnection connection, Attempt<A> attempt) {
    this.connection = connection;
    this.attempt = attempt;
  }

  /** Starts a call once. */
  interface Attempt<A> {
    /**
     * @param answer takes the first message and any failure; called on any thread
     * @param timeout after which the attempt has to have failed
     */
    void start(StreamObserver<A> answer, Duration timeout);
  }

  private record Outcome<A>(Optional<A> answer, Status status) {}

  /** Makes the call and waits for the first answer, or for the failure of the last attempt. */
  A await(Duration timeout) throws EtcdCallException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    long pause = timeout.toNanos() / SHARE_OF_TIME;
    Status last = Status.DEADLINE_EXCEEDED.withDescription("no answer within " + timeout);
    int started = 0;
    int failed = 0;
    while (failed < ATTEMPTS) {
      long left = deadline - System.nanoTime();
      boolean another = started < ATTEMPTS && left > 0;
      if (another) {
        attempt.start(new Answer(), Duration.ofNanos(left));
        started++;
      }
      Outcome<A> outcome =
          outcomes.poll(started < ATTEMPTS ? Math.min(pause, left) : left, TimeUnit.NANOSECONDS);
      if (outcome == null) {
        if (deadline - System.nanoTime() <= 0) {
          break;
        }
        continue;
      }
      if (outcome.answer().isPresent()) {
        return outcome.answer().get();
      }
      last = outcome.status();
      failed++;
      connection.forgetRefusedToken(new EtcdCallException(last, true, false));
    }
    connection.abandonStuckHandshake(last);
    throw new EtcdCallException(last, true, false);
  }

  private final class Answer implements StreamObserver<A> {

    @Override
    public void onNext(A answer) {
      outcomes.add(new Outcome<>(Optional.of(answer), Status.OK));
    }

    @Override
    public void onError(Throwable failure) {
      outcomes.add(new Outcome<>(Optional.empty(), Status.fromThrowable(failure)));
    }

    @Override
    public void onCompleted() {
      // After an answer this is noise; without one it is the failure to give one.
      outcomes.add(
          new Outcome<>(
              Optional.empty(), Status.UNAVAILABLE.withDescription("ended without an answer")));
    }
  }
}
