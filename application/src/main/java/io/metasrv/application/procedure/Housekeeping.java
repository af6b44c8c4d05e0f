package io.metasrv.application.procedure;

import io.metasrv.application.port.Runtime;
import io.metasrv.application.procedure.Recovery.Clearance;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.procedure.ErrorTexts;
import io.metasrv.domain.procedure.ProcedureId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every ten minutes: forgets what finished ten minutes ago, shortens the history, and tries again
 * to remove what could not be removed at the start.
 */
final class Housekeeping implements Runtime.Body {

  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  /** Both the period and the age (sheet 05 §4). */
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private final TermParts parts;
  private final Deque<Clearance> garbage;

  Housekeeping(TermParts parts, List<Clearance> garbage) {
    this.parts = parts;
    this.garbage = new ArrayDeque<>(garbage);
  }

  @Override
  public void run() throws InterruptedException {
    removeGarbage();
    while (true) {
      parts.runtime().sleep(TEN_MINUTES);
      parts.registry().forget(parts.runtime().monotonic(), TEN_MINUTES);
      removeGarbage();
      pruneHistory();
    }
  }

  private void removeGarbage() {
    try {
      while (!garbage.isEmpty()) {
        Clearance next = garbage.getFirst();
        parts.journal().replace(next.history(), next.keys());
        garbage.removeFirst();
      }
    } catch (MetasrvException failed) {
      parts.meters().storeFailure("garbage");
      LOG.warn(
          "What is left of {} procedures could not be cleared away, trying again in {}: {}",
          garbage.size(),
          TEN_MINUTES,
          ErrorTexts.chain(failed));
    }
  }

  private void pruneHistory() {
    try {
      List<ProcedureId> before = parts.finished().all();
      parts.history().prune();
      List<ProcedureId> kept = parts.history().ids();
      parts.finished().removeAll(before);
      parts.finished().addAll(kept);
    } catch (MetasrvException failed) {
      parts.meters().storeFailure("history");
      LOG.warn("The history of procedures could not be shortened: {}", ErrorTexts.chain(failed));
    }
  }
}
