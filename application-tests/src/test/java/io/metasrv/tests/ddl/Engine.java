package io.metasrv.tests.ddl;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.altertable.AlterTableProcedure;
import io.metasrv.application.metasrv.TermComponent;
import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.metrics.NoMetrics;
import io.metasrv.application.options.ByteSize;
import io.metasrv.application.options.ProcedureOptions;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.procedure.Procedure;
import io.metasrv.application.procedure.ProcedureManager;
import io.metasrv.application.procedure.ProcedureTerms;
import io.metasrv.domain.error.ProcedureException;
import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.domain.procedure.ProcedureState;
import java.time.Duration;
import java.util.List;

/** The real manager of procedures over a world's store; retries come at once. */
final class Engine implements AutoCloseable {

  private static final ProcedureOptions OPTIONS =
      new ProcedureOptions(
          12, Duration.ofMillis(1), ByteSize.kibibytes(1500), 128, Duration.ofDays(7), 100);

  private final TermComponent component;
  private final ProcedureManager manager;

  /** Begins to lead, and goes on with what is stored. */
  Engine(DdlWorld world) throws InterruptedException {
    this(world, world.store);
  }

  /** The same, with states of procedures written through another view of the store. */
  Engine(DdlWorld world, KeyValueStore store) throws InterruptedException {
    DdlContext ddl = world.context();
    TermContext term =
        new TermContext(
            ddl.term(),
            store,
            store,
            ddl.runtime(),
            new NoMetrics(),
            event -> {},
            "127.0.0.1:23002");
    ProcedureTerms terms =
        new ProcedureTerms(
            OPTIONS,
            List.of(
                (context, procedures) ->
                    procedures.register(
                        AlterTableProcedure.TYPE, AlterTableProcedure.loader(ddl))));
    component = terms.create(term);
    component.start();
    manager = terms.current().orElseThrow();
  }

  /** Runs a procedure to its end; how it ended. */
  ProcedureState run(Procedure procedure) throws InterruptedException {
    ProcedureId id = manager.submit(procedure);
    try {
      manager.await(id);
    } catch (ProcedureException ended) {
      // The state says the same.
    }
    return manager.state(id).orElseThrow();
  }

  @Override
  public void close() throws InterruptedException {
    component.stop();
  }
}
