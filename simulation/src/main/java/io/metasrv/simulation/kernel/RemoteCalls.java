package io.metasrv.simulation.kernel;

import io.metasrv.application.port.Promise;
import java.time.Duration;
import java.util.Optional;

/**
 * Calls from one process to others: request and answer are messages, each of which may be late or
 * lost; what is asked for runs as a task of the process asked and may block there. Each call that
 * can change something is one of the caller's {@link RemoteEffects}.
 */
public final class RemoteCalls {

  private final SimulatedNetwork network;
  private final SimulatedProcess caller;
  private final RemoteEffects effects;

  /**
   * @param effects what stands around each call
   */
  public RemoteCalls(SimulatedNetwork network, SimulatedProcess caller, RemoteEffects effects) {
    this.network = network;
    this.caller = caller;
    this.effects = effects;
  }

  /**
   * Runs the request in the other process.
   *
   * @param what for people; equal in every run of a seed
   * @return empty if no answer came in time; whether the request ran is then unknown
   * @throws RuntimeException what the request threw
   */
  public <T> Optional<T> call(
      SimulatedProcess callee, String what, Duration timeout, Request<T> request)
      throws InterruptedException {
    return effects.around(
        what + " at " + callee.name(), () -> exchange(callee, what, timeout, request));
  }

  private <T> Optional<T> exchange(
      SimulatedProcess callee, String what, Duration timeout, Request<T> request)
      throws InterruptedException {
    Promise<T> answer = caller.promise();
    network.send(
        caller, callee, what, () -> callee.start(what, () -> serve(callee, what, request, answer)));
    return answer.await(timeout);
  }

  private <T> void serve(
      SimulatedProcess callee, String what, Request<T> request, Promise<T> answer)
      throws InterruptedException {
    Runnable reply;
    try {
      T result = request.run();
      reply = () -> answer.complete(result);
    } catch (RuntimeException refused) {
      reply = () -> answer.fail(refused);
    }
    network.send(callee, caller, what + " answered", reply);
  }

  /** What is asked of the other process; runs there. */
  @FunctionalInterface
  public interface Request<T> {
    /** Does it and returns the answer. */
    T run() throws InterruptedException;
  }
}
