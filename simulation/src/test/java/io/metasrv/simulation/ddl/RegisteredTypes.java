package io.metasrv.simulation.ddl;

import io.metasrv.application.ddl.DdlContexts;
import io.metasrv.application.ddl.DdlManager;
import io.metasrv.application.events.RecentEvents;
import io.metasrv.application.heartbeat.HeartbeatExtensions;
import io.metasrv.application.heartbeat.HeartbeatOptions;
import io.metasrv.application.heartbeat.HeartbeatTerms;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metasrv.Term;
import io.metasrv.application.metasrv.TermComponent;
import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.metrics.NoMetrics;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.port.NodeClients;
import io.metasrv.application.port.WalTopics;
import io.metasrv.application.procedure.Procedure;
import io.metasrv.application.procedure.ProcedureLoader;
import io.metasrv.application.procedure.Procedures;
import io.metasrv.application.wal.WalTopicTerms;
import io.metasrv.domain.leadership.LeaseWindow;
import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.domain.procedure.ProcedureOutput;
import io.metasrv.domain.procedure.ProcedureState;
import io.metasrv.simulation.kernel.SimulatedProcess;
import io.metasrv.simulation.kernel.World;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The types of procedures that data definition registers in a term. */
final class RegisteredTypes implements Procedures {

  private static final String ADDRESS = "meta-1:3002";

  private final TreeSet<String> names = new TreeSet<>();

  private RegisteredTypes() {}

  /** Their names, from the production code. */
  static SortedSet<String> read() {
    SimulatedProcess process = World.of(0).process("meta");
    InMemoryStore store = new InMemoryStore();
    Term term =
        new Term(
            1,
            ADDRESS,
            store.openTerm(ADDRESS),
            LeaseWindow.opened(process.monotonic(), process.wallClock(), Duration.ofDays(1)),
            process);
    TermContext context =
        new TermContext(term, store, store, process, new NoMetrics(), new RecentEvents(1), ADDRESS);
    MetasrvOptions options = MetasrvOptions.defaults(2);
    HeartbeatTerms heartbeats =
        new HeartbeatTerms(HeartbeatOptions.of(options), HeartbeatExtensions.NONE);
    TermComponent unused = heartbeats.create(context);
    DdlContexts contexts =
        new DdlContexts(
            options,
            heartbeats,
            new WalTopicTerms(options.wal(), WalTopics.NONE),
            NodeClients.NOBODY);
    RegisteredTypes types = new RegisteredTypes();
    new DdlManager(contexts, ADDRESS).install(context, types);
    return types.names;
  }

  @Override
  public void register(String typeName, ProcedureLoader loader) {
    names.add(typeName);
  }

  @Override
  public ProcedureId submit(Procedure procedure) {
    throw new UnsupportedOperationException("only registers");
  }

  @Override
  public boolean submitOnce(ProcedureId id, Procedure procedure) {
    throw new UnsupportedOperationException("only registers");
  }

  @Override
  public ProcedureOutput await(ProcedureId id) {
    throw new UnsupportedOperationException("only registers");
  }

  @Override
  public Optional<ProcedureState> state(ProcedureId id) {
    return Optional.empty();
  }
}
