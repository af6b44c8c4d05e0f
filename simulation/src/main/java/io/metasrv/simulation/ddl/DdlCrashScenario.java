package io.metasrv.simulation.ddl;

import io.metasrv.application.check.CatalogueCheck;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.store.RangePager;
import io.metasrv.domain.key.ProcedureHistoryKey;
import io.metasrv.domain.key.ProcedureRecordKey;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.simulation.ddl.Client.Told;
import io.metasrv.simulation.ddl.Verdict.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One statement on a whole cluster, disturbed once. Afterwards everything is as if nothing had
 * disturbed it, or as if it had never been asked for; and which of the two is what the client was
 * told and the procedure's record says.
 */
public final class DdlCrashScenario {

  private static final Duration START = Duration.ofSeconds(12);
  private static final Duration LIMIT = Duration.ofMinutes(20);
  private static final Duration LOOK = Duration.ofMillis(500);

  /** Longer than any lease: what leases would close or take away is gone by then. */
  private static final Duration QUIET = Duration.ofSeconds(20);

  /** Nodes may have to try several times before they find the next leader. */
  private static final Duration RECONNECTED = Duration.ofMinutes(2);

  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final int MANY = 1000;

  private final Statement statement;
  private final Plan plan;
  private final DdlCluster cluster;
  private final List<String> violations = new ArrayList<>();
  private boolean recorded;

  /**
   * How a statement is run.
   *
   * @param seed of the world
   * @param disturbance what happens
   * @param resends whether the client sends its statement again until it is answered
   * @param sabotage what is broken on purpose
   */
  public record Plan(long seed, Disturbance disturbance, boolean resends, Sabotage sabotage) {

    /** A run in which nothing happens. */
    public static Plan undisturbed(long seed) {
      return new Plan(seed, new Disturbance.None(), false, Sabotage.NONE);
    }

    /** The same with something that happens. */
    public Plan with(Disturbance other) {
      return new Plan(seed, other, resends, sabotage);
    }

    /** The same with a client that sends its statement again until it is answered. */
    public Plan resending() {
      return new Plan(seed, disturbance, true, sabotage);
    }

    /** The same with something broken on purpose. */
    public Plan broken(Sabotage how) {
      return new Plan(seed, disturbance, resends, how);
    }
  }

  private DdlCrashScenario(Statement statement, Plan plan) {
    this.statement = statement;
    this.plan = plan;
    this.cluster = new DdlCluster(plan.seed(), plan.disturbance(), plan.sabotage());
  }

  /** Runs a statement undisturbed: what others are compared with. */
  static Verdict reference(Statement statement, long seed) {
    return new DdlCrashScenario(statement, Plan.undisturbed(seed)).run(Optional.empty());
  }

  /**
   * Runs a statement.
   *
   * @param expected the undisturbed run under the same seed
   */
  static Verdict run(Statement statement, Plan plan, Verdict expected) {
    return new DdlCrashScenario(statement, plan).run(Optional.of(expected));
  }

  private Verdict run(Optional<Verdict> expected) {
    prepare();
    Ids before = Ids.read(cluster.content());
    EndState base = EndState.of(cluster, before);
    int known = history().size();
    disturb(statement.request().from(before));
    settle();
    cluster.effects().end();
    cluster.world().runFor(QUIET);
    cluster.world().runUntil(cluster::isWritable, RECONNECTED);
    EndState end = EndState.of(cluster, before);
    List<JsonValue.Object> records = history();
    // Latest first.
    List<JsonValue.Object> ended = records.subList(0, Math.max(0, records.size() - known));
    judge();
    EndState done = expected.map(Verdict::end).orElse(end);
    Outcome outcome = outcome(end, base, done);
    judgeWhatWasSaid(outcome, done.equals(base), ended);
    return new Verdict(
        cluster.world().trace().hash(),
        cluster.effects().points().passed(),
        cluster.effects().names(),
        ended.stream().map(each -> each.textOr("type_name", "")).toList(),
        base,
        end,
        outcome,
        violations);
  }

  private void prepare() {
    cluster.start();
    cluster.world().runFor(START);
    int number = 0;
    for (Statement.Asked asked : statement.preparation()) {
      DdlTaskRequest request = asked.from(Ids.read(cluster.content()));
      cluster.client().send(request, "preparation " + number++, PATIENCE, MANY);
      cluster.world().runUntil(() -> cluster.client().told().isPresent(), LIMIT);
      if (!(cluster.client().told().orElse(new Told.Nothing()) instanceof Told.Done)) {
        throw new IllegalStateException(
            "%s could not be prepared: %s".formatted(statement, cluster.client().told()));
      }
    }
    settle();
    // Leases of the new regions have been granted by then.
    cluster.world().runFor(Duration.ofSeconds(5));
  }

  private void disturb(DdlTaskRequest request) {
    cluster.effects().begin();
    if (plan.resends()) {
      cluster.client().send(request, "the statement", patience(), MANY);
    } else {
      cluster.client().send(request, "", PATIENCE, 1);
    }
    cluster
        .world()
        .runUntil(() -> cluster.isAfterCrash() || cluster.client().told().isPresent(), LIMIT);
    recorded = !records().isEmpty();
  }

  /** From before the next leader to long after the end of the procedure. */
  private Duration patience() {
    return plan.disturbance() instanceof Disturbance.Crash(long point)
        ? Duration.ofSeconds(2 + point * 7 % 23)
        : Duration.ofSeconds(8);
  }

  /** Until somebody leads, nothing is under way and the client knows, if it cares. */
  private void settle() {
    Duration end = cluster.world().now().plus(LIMIT);
    while (cluster.world().now().compareTo(end) < 0) {
      cluster.world().runFor(LOOK);
      boolean answered =
          cluster.client().told().isPresent() || (cluster.isAfterCrash() && !plan.resends());
      if (answered && cluster.leader().isPresent() && records().isEmpty()) {
        return;
      }
    }
    violations.add("not settled after " + LIMIT);
  }

  private List<KeyValue> records() {
    return RangePager.keys(cluster.content(), KeyRange.prefix(ProcedureRecordKey.PREFIX)).readAll();
  }

  private List<JsonValue.Object> history() {
    return RangePager.pairs(cluster.content(), KeyRange.prefix(ProcedureHistoryKey.PREFIX))
        .readAll()
        .stream()
        .map(pair -> JsonReader.decode(pair.value(), JsonValue::asObject))
        .toList();
  }

  private void judge() {
    cluster.world().faults().forEach(fault -> violations.add("a task failed: " + fault));
    CatalogueCheck.run(cluster.content()).forEach(finding -> violations.add(finding.toString()));
    violations.addAll(Placement.check(cluster));
    if (plan.disturbance() instanceof Disturbance.Crash(long point) && !cluster.isAfterCrash()) {
      violations.add("the run never came to its crash at " + point);
    }
  }

  private Outcome outcome(EndState end, EndState base, EndState done) {
    List<String> fromDone = end.differences(done);
    if (fromDone.isEmpty()) {
      return Outcome.DONE;
    }
    List<String> fromBase = end.differences(base);
    if (fromBase.isEmpty()) {
      return Outcome.NOTHING;
    }
    violations.add(
        "it is not as after the statement: %s; and not as before it: %s"
            .formatted(fromDone, fromBase));
    return Outcome.WRONG;
  }

  private void judgeWhatWasSaid(
      Outcome outcome, boolean changesNothing, List<JsonValue.Object> ended) {
    // They are the same if the statement is refused or changes nothing.
    if (outcome == Outcome.WRONG || changesNothing) {
      return;
    }
    Told told = cluster.client().told().orElse(new Told.Nothing());
    if (told instanceof Told.Done && outcome != Outcome.DONE) {
      violations.add("the client was told that it is done, and it is not");
    }
    if (told instanceof Told.Refused(String why) && outcome != Outcome.NOTHING) {
      violations.add("the client was told that it was refused, and it is done: " + why);
    }
    if (plan.resends() && !(told instanceof Told.Done)) {
      violations.add("the client asked until it was answered, and was told " + told);
    }
    for (JsonValue.Object record : ended) {
      boolean done = record.textOr("state", "").equals("Done");
      if (done != (outcome == Outcome.DONE)) {
        violations.add(
            "a record says %s, the state is %s: %s"
                .formatted(record.textOr("state", ""), outcome, record.textOr("error", "")));
      }
    }
    if (ended.size() > 1) {
      violations.add("it was carried out %d times".formatted(ended.size()));
    }
    boolean crashed = plan.disturbance() instanceof Disturbance.Crash;
    if (crashed && recorded && outcome != Outcome.DONE) {
      violations.add("it was accepted before the crash, and has come to nothing");
    }
  }
}
