package io.metasrv.simulation.procedure;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Promise;
import io.metasrv.application.procedure.ProcedureManager;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.key.ProcedureHistoryKey;
import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.simulation.kernel.SimulatedProcess;
import io.metasrv.simulation.procedure.WatchedStore.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A leader whose process is gone before or after any of its writes, or whose writes fail, again and
 * again, while clients submit procedures; then quiet. Judged: what somebody was told stays so,
 * nothing runs after that, everything that was stored comes to one end, and nothing is left.
 */
final class CrashScenario {

  private static final Duration TROUBLE = Duration.ofSeconds(60);
  private static final Duration QUIET = Duration.ofMinutes(15);
  private static final int PROCEDURES = 12;

  private final Lab lab;
  private final RandomGenerator random;
  private final boolean failures;
  private final List<String> violations = new ArrayList<>();
  private final Map<ProcedureId, Worker.Ledger> submitted = new LinkedHashMap<>();
  private final Map<String, Worker.Ledger> byName = new LinkedHashMap<>();
  private boolean troubled = true;
  private int crashes;

  /** What became of a seed. */
  record Verdict(long traceHash, int crashes, int told, int recovered, List<String> violations) {}

  private CrashScenario(long seed, boolean failures) {
    int maxTxnOps = seed % 3 == 0 ? 2 : 128;
    this.lab = new Lab(seed, new InMemoryStore(maxTxnOps, KeyValueStore.MIN_MAX_VALUE_BYTES));
    this.random = lab.world.random();
    this.failures = failures;
  }

  static Verdict run(long seed, boolean failures) {
    return new CrashScenario(seed, failures).run();
  }

  private Verdict run() {
    lab.types = procedures -> procedures.register(Worker.TYPE, data -> Worker.load(data, byName));
    lab.watch.fate = this::fate;
    lab.watch.crash = this::crash;
    boot();
    for (int i = 0; i < PROCEDURES; i++) {
      Worker.Kind kind = Worker.Kind.values()[random.nextInt(Worker.Kind.values().length)];
      Worker.Ledger ledger = new Worker.Ledger("%s-%d".formatted(kind, i), kind);
      byName.put(ledger.name, ledger);
      lab.world.at(
          Duration.ofMillis(random.nextInt((int) TROUBLE.toMillis())),
          "client of " + ledger.name,
          () -> lab.process().start("client of " + ledger.name, () -> client(ledger)));
    }
    lab.runFor(TROUBLE);
    troubled = false;
    lab.runFor(QUIET);
    judge();
    return new Verdict(
        lab.world.trace().hash(),
        crashes,
        (int) byName.values().stream().filter(ledger -> ledger.told != null).count(),
        (int) byName.values().stream().filter(ledger -> ledger.loads > 0).count(),
        violations);
  }

  private void boot() {
    lab.elected();
    ProcedureManager manager = lab.manager();
    lab.process()
        .start(
            "boot",
            () -> {
              while (true) {
                try {
                  manager.start();
                  return;
                } catch (MetasrvException failed) {
                  // Another leader would take over; here the same process begins another term.
                  lab.world.at(Duration.ofSeconds(1), "next term", this::boot);
                  return;
                }
              }
            });
  }

  private Fate fate(String call) {
    if (!troubled || call.startsWith("get ") || call.startsWith("range ")) {
      return Fate.DONE;
    }
    if (random.nextInt(12) == 0) {
      return random.nextBoolean() ? Fate.CRASH_BEFORE : Fate.CRASH_AFTER;
    }
    if (failures && random.nextInt(6) == 0) {
      return switch (random.nextInt(3)) {
        case 0 -> Fate.REFUSED;
        case 1 -> Fate.LOST;
        default -> Fate.DONE_IN_SILENCE;
      };
    }
    return Fate.DONE;
  }

  private void crash() {
    crashes++;
    SimulatedProcess dying = lab.process();
    Promise<Boolean> never = dying.promise();
    dying.crash();
    lab.world.at(
        Duration.ofMillis(500 + random.nextInt(3_000)),
        "restart",
        () -> {
          lab.crash();
          boot();
        });
    try {
      never.await();
    } catch (InterruptedException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private void client(Worker.Ledger ledger) throws InterruptedException {
    ProcedureManager manager = lab.manager();
    try {
      ProcedureId id = manager.submit(new Worker(ledger, 0));
      submitted.put(id, ledger);
      ledger.told = null;
      manager.await(id);
      ledger.tell("Done");
    } catch (NotLeaderException goOn) {
      lab.world.note("sent away", ledger.name);
    } catch (MetasrvException error) {
      if (submitted.containsValue(ledger)) {
        ledger.tell("Failed");
      }
    }
  }

  private void judge() {
    lab.world.faults().forEach(fault -> violations.add("a task failed: " + fault));
    lab.stored("/__procedure__/").forEach(pair -> violations.add("left: " + pair.key()));
    lab.manager()
        .operations()
        .quarantined()
        .forEach(apart -> violations.add("set apart: " + apart));
    byName.values().forEach(ledger -> violations.addAll(ledger.violations()));
    Map<ProcedureId, Integer> ends = new LinkedHashMap<>();
    lab.stored("__metasrv/history/procedure/")
        .forEach(
            pair ->
                ProcedureHistoryKey.parse(pair.key())
                    .ifPresent(key -> ends.merge(key.id(), 1, Integer::sum)));
    submitted.forEach(
        (id, ledger) -> {
          int count = ends.getOrDefault(id, 0);
          if (count > 1 || (count == 0 && (ledger.told != null || ledger.loads > 0))) {
            violations.add("%s ended %d times".formatted(ledger.name, count));
          }
        });
  }
}
