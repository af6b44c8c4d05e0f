package io.metasrv.application.ddl.region;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.metasrv.Term;
import io.metasrv.application.port.DatanodeClient;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.Task;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.protocol.v1.region.RegionResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends region requests to many datanodes at once and waits for all of them. Thread-safe. */
public final class RegionFanOut {

  private static final Logger LOG = LoggerFactory.getLogger(RegionFanOut.class);

  private final Term term;
  private final DatanodeClient datanodes;
  private final Runtime runtime;

  /**
   * @param term looked at right before each request leaves
   */
  public RegionFanOut(Term term, DatanodeClient datanodes, Runtime runtime) {
    this.term = term;
    this.datanodes = datanodes;
    this.runtime = runtime;
  }

  /** That of a context. */
  public static RegionFanOut of(DdlContext context) {
    return new RegionFanOut(context.term(), context.datanodes(), context.runtime());
  }

  /**
   * Sends all requests concurrently and waits for every answer, whatever became of the others.
   *
   * @return an outcome for each request, in the order of the requests
   * @throws NotLeaderException if the term ended before a request left
   * @throws InterruptedException if the caller was cancelled; so are the calls then
   */
  public List<RegionOutcome> send(List<RegionCall> calls) throws InterruptedException {
    AtomicReferenceArray<RegionOutcome> outcomes = new AtomicReferenceArray<>(calls.size());
    List<Task> tasks = new ArrayList<>(calls.size());
    try {
      for (int i = 0; i < calls.size(); i++) {
        int index = i;
        RegionCall call = calls.get(i);
        tasks.add(
            runtime.start(
                "region request to " + call.datanode(), () -> outcomes.set(index, ask(call))));
      }
      for (Task task : tasks) {
        task.join();
      }
    } catch (InterruptedException cancelled) {
      tasks.forEach(Task::cancel);
      throw cancelled;
    }
    return collect(tasks, outcomes);
  }

  /**
   * The same for callers that need all answers.
   *
   * @return the responses in the order of the requests
   * @throws MetasrvException if one failed, by the rule of {@link RegionOutcome#responses}
   */
  public List<RegionResponse> sendAll(List<RegionCall> calls) throws InterruptedException {
    return RegionOutcome.responses(send(calls));
  }

  private RegionOutcome ask(RegionCall call) throws InterruptedException {
    try {
      term.check();
      return new RegionOutcome.Answered(call, datanodes.handle(call.datanode(), call.request()));
    } catch (NotLeaderException over) {
      return new RegionOutcome.Failed(call, over);
    } catch (MetasrvException e) {
      LOG.warn(
          "Region request {} to datanode {} failed{}",
          call.request().getBodyCase(),
          call.datanode(),
          e.isRetryable() ? ", it may be tried again" : "",
          e);
      return new RegionOutcome.Failed(
          call, e.isRetryable() ? e : DdlErrors.operateDatanode(call.datanode(), e));
    }
  }

  private static List<RegionOutcome> collect(
      List<Task> tasks, AtomicReferenceArray<RegionOutcome> outcomes) throws InterruptedException {
    List<RegionOutcome> all = new ArrayList<>(tasks.size());
    for (int i = 0; i < tasks.size(); i++) {
      RegionOutcome outcome = outcomes.get(i);
      if (outcome == null) {
        throw noOutcome(tasks.get(i));
      }
      if (outcome instanceof RegionOutcome.Failed(RegionCall ignored, NotLeaderException over)) {
        throw over;
      }
      all.add(outcome);
    }
    return List.copyOf(all);
  }

  private static RuntimeException noOutcome(Task task) throws InterruptedException {
    Throwable failure =
        task.failure().orElseThrow(() -> new InterruptedException(task.name() + " was cancelled"));
    return new IllegalStateException(task.name() + " ended without an outcome", failure);
  }
}
