package io.metasrv.application.procedure;

import io.metasrv.application.metasrv.Term;
import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.options.ProcedureOptions;
import io.metasrv.application.port.EventLog;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.procedure.history.HistoryStore;
import io.metasrv.application.procedure.journal.Journal;
import io.metasrv.application.procedure.journal.PoisonStore;
import io.metasrv.application.procedure.lock.LockTable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the procedures of one term share.
 *
 * @param locks held for the whole of a procedure
 * @param dynamicLocks held for a part of a step; another family
 */
record TermParts(
    TermContext context,
    ProcedureOptions options,
    Registry registry,
    Journal journal,
    PoisonStore poisons,
    LockTable locks,
    LockTable dynamicLocks,
    HistoryStore history,
    Quarantine quarantine,
    FinishedIds finished,
    ProcedureMeters meters) {

  static TermParts of(TermContext context, ProcedureOptions options) {
    return new TermParts(
        context,
        options,
        new Registry(),
        new Journal(context.store(), options.maxMetadataValueSize().bytes()),
        new PoisonStore(context.store()),
        new LockTable(context.runtime()),
        new LockTable(context.runtime()),
        new HistoryStore(
            context.store(),
            context.runtime(),
            context.serverAddress(),
            options.historyTtl(),
            options.historyMaxRecords()),
        new Quarantine(context.store(), context.runtime()),
        new FinishedIds(),
        new ProcedureMeters(context.metrics()));
  }

  Term term() {
    return context.term();
  }

  Runtime runtime() {
    return context.runtime();
  }

  /** Writes an event into the audit trail. */
  void event(String type, String... namesAndValues) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      attributes.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    context
        .events()
        .record(
            new EventLog.Event(runtime().wallClock(), type, context.serverAddress(), attributes));
  }

  /** Shows how much is going on. */
  void measureLoad() {
    meters.load(registry.running(), locks.waiting());
  }
}
