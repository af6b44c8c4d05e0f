package io.metasrv.simulation.procedure;

import io.metasrv.application.admin.ProcedureAdminHandler;
import io.metasrv.application.events.RecentEvents;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metasrv.Leadership;
import io.metasrv.application.metasrv.LeadershipState;
import io.metasrv.application.metasrv.Term;
import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.metrics.NoMetrics;
import io.metasrv.application.options.ByteSize;
import io.metasrv.application.options.ProcedureOptions;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.Task;
import io.metasrv.application.procedure.Procedure;
import io.metasrv.application.procedure.ProcedureManager;
import io.metasrv.application.procedure.ProcedureServiceHandler;
import io.metasrv.application.procedure.ProcedureTerms;
import io.metasrv.application.procedure.Procedures;
import io.metasrv.application.procedure.view.ProcedureView;
import io.metasrv.application.store.TermStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.key.ProcedureRecordKey;
import io.metasrv.domain.leadership.LeaseWindow;
import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.domain.procedure.ProcedureState;
import io.metasrv.simulation.kernel.SimulatedProcess;
import io.metasrv.simulation.kernel.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One leader after another with a manager each, on one store, in simulated time. */
final class Lab {

  static final String ADDRESS = "meta-1:3002";
  private static final Duration LONG = Duration.ofHours(10);

  final World world;
  final InMemoryStore content;
  final WatchedStore.Watch watch = new WatchedStore.Watch();
  final RecentEvents events = new RecentEvents(100);
  Consumer<Procedures> types = procedures -> {};
  ProcedureOptions options;
  private SimulatedProcess process;
  private Optional<Term> term = Optional.empty();
  private ProcedureTerms terms;
  private Optional<ProcedureManager> manager = Optional.empty();
  private long termCount;

  Lab() {
    this(1, new InMemoryStore());
  }

  Lab(long seed, InMemoryStore content) {
    this.world = World.of(seed);
    this.content = content;
    this.options = ProcedureOptions.defaults();
    this.process = world.process("meta");
    this.terms = new ProcedureTerms(options, List.of());
  }

  Lab withMaxRunning(int most) {
    options =
        new ProcedureOptions(
            options.maxRetryTimes(),
            options.retryDelay(),
            options.maxMetadataValueSize(),
            most,
            options.historyTtl(),
            options.historyMaxRecords());
    return this;
  }

  Lab withHistory(Duration ttl, int most) {
    options =
        new ProcedureOptions(
            options.maxRetryTimes(),
            options.retryDelay(),
            ByteSize.kibibytes(1500),
            options.maxRunningProcedures(),
            ttl,
            most);
    return this;
  }

  /** Begins a term without starting its manager. */
  Lab elected() {
    termCount++;
    Term next =
        new Term(
            termCount,
            ADDRESS,
            content.openTerm(ADDRESS),
            LeaseWindow.opened(process.monotonic(), process.wallClock(), Duration.ofDays(3000)),
            process);
    TermStore store = new TermStore(next, new WatchedStore(content, watch));
    terms = new ProcedureTerms(options, List.of((context, procedures) -> types.accept(procedures)));
    TermContext context =
        new TermContext(next, store, store, process, new NoMetrics(), events, ADDRESS);
    manager = Optional.of((ProcedureManager) terms.create(context));
    term = Optional.of(next);
    return this;
  }

  /** Begins a term and starts its manager. */
  Lab lead() {
    elected();
    run(() -> manager().start());
    return this;
  }

  /** Ends the term and stops its manager. */
  void stepDown() {
    run(
        () -> {
          term.orElseThrow().end("the test says so");
          manager().stop();
        });
  }

  /** The process is gone, in the middle of whatever it did; another one begins. */
  void crash() {
    process.crash();
    process = world.process("meta");
  }

  ProcedureManager manager() {
    return manager.orElseThrow();
  }

  Term term() {
    return term.orElseThrow();
  }

  SimulatedProcess process() {
    return process;
  }

  /** Something that may wait. */
  @FunctionalInterface
  interface Work {
    void run() throws InterruptedException;
  }

  /** Does it on a task and runs the world until it is done; on a task already, does it. */
  void run(Work work) {
    if (Thread.currentThread().isVirtual()) {
      try {
        work.run();
        return;
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
    Task task = process.start("test", work::run);
    if (!world.runUntil(task::isDone, LONG)) {
      throw new AssertionError("the task did not end within " + LONG);
    }
    task.failure().ifPresent(Lab::rethrow);
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof RuntimeException runtime) {
      throw runtime;
    }
    throw new AssertionError(failure);
  }

  <T> T call(Supplier<T> supplier) {
    AtomicReference<Optional<T>> result = new AtomicReference<>(Optional.empty());
    run(() -> result.set(Optional.of(supplier.get())));
    return result.get().orElseThrow();
  }

  /** The error of a call that must fail. */
  MetasrvException failureOf(Work work) {
    try {
      run(work);
    } catch (MetasrvException expected) {
      return expected;
    }
    throw new AssertionError("nothing failed");
  }

  ProcedureId submit(Procedure procedure) {
    return call(() -> manager().submit(procedure));
  }

  /** Submits and runs the world until the end. */
  ProcedureState finish(Procedure procedure) {
    return end(submit(procedure));
  }

  /** Runs the world until the procedure and all that follows its end are over. */
  ProcedureState end(ProcedureId id) {
    if (!world.runUntil(() -> state(id).isTerminal(), LONG)) {
      throw new AssertionError("procedure %s is still %s".formatted(id, state(id)));
    }
    world.runFor(Duration.ofSeconds(1));
    return state(id);
  }

  ProcedureState state(ProcedureId id) {
    return manager().state(id).orElseThrow();
  }

  ProcedureView view(ProcedureId id) {
    return manager().find(id).orElseThrow();
  }

  void runFor(Duration duration) {
    world.runFor(duration);
  }

  /** Every pair below the prefix. */
  List<KeyValue> stored(String prefix) {
    return content.range(KeyRange.prefix(Bytes.utf8(prefix)), RangeOptions.ALL).kvs();
  }

  /** The names of the records of a procedure, for example {@code 0000000000.step}. */
  List<String> records(ProcedureId id) {
    Bytes prefix = ProcedureRecordKey.prefix(id);
    List<String> names = new ArrayList<>();
    content
        .range(KeyRange.prefix(prefix), RangeOptions.ALL)
        .kvs()
        .forEach(pair -> names.add(pair.key().substring(prefix.size()).toUtf8()));
    return names;
  }

  void put(String key, String value) {
    content.put(Bytes.utf8(key), Bytes.utf8(value), Previous.DISCARD);
  }

  /** Stores a record as the original does. */
  void putRecord(ProcedureId id, String name, String type, String data, String more) {
    put(
        "/__procedure__/procedure/%s/%s".formatted(id, name),
        "{\"type_name\":\"%s\",\"data\":\"%s\",\"parent_id\":null,\"step\":%d%s}"
            .formatted(type, data, Long.parseLong(name.substring(0, 10)), more));
  }

  static ProcedureId id(int number) {
    return new ProcedureId(new UUID(0x4000, number));
  }

  /** The service of this node. */
  ProcedureServiceHandler service() {
    return new ProcedureServiceHandler(
        new Held(), content, datanode -> true, () -> terms.current(), Optional::empty);
  }

  /** The operators' view of this node. */
  ProcedureAdminHandler admin() {
    return new ProcedureAdminHandler(new Held(), () -> terms.current());
  }

  private final class Held implements Leadership {
    @Override
    public String serverAddress() {
      return ADDRESS;
    }

    @Override
    public Optional<Term> currentTerm() {
      return term.filter(Term::isHeld);
    }

    @Override
    public Optional<TermContext> currentContext() {
      return Optional.empty();
    }

    @Override
    public Optional<String> leaderAddress() {
      return Optional.of(ADDRESS);
    }

    @Override
    public LeadershipState state() {
      return new LeadershipState.Leader(term(), List.of());
    }
  }
}
