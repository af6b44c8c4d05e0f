package io.metasrv.simulation.heartbeat;

import io.metasrv.simulation.cluster.SimulatedDatanode;
import io.metasrv.simulation.cluster.SimulatedMetasrv;
import io.metasrv.simulation.cluster.Site;
import io.metasrv.simulation.kernel.SimulatedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Everything that goes wrong, until it is told to calm down. */
final class Trouble {

  private static final int LONGEST_MILLIS = 12_000;
  private static final int LONGEST_BREAK_MILLIS = 4_000;

  private static final int STRIKES = 3;

  private final Site site;
  private final List<SimulatedMetasrv> metasrvs;
  private final List<SimulatedDatanode> datanodes;
  private final RandomGenerator random;
  private final List<Runnable> amends = new ArrayList<>();
  private boolean over;

  /**
   * @param metasrvs may still be filled until it begins; so may the datanodes
   */
  Trouble(Site site, List<SimulatedMetasrv> metasrvs, List<SimulatedDatanode> datanodes) {
    this.site = site;
    this.metasrvs = metasrvs;
    this.datanodes = datanodes;
    this.random = site.world().random();
  }

  /** Causes trouble again and again. */
  void begin() {
    later(
        Duration.ofMillis(300 + random.nextInt(LONGEST_BREAK_MILLIS)),
        "trouble",
        () -> {
          if (!over) {
            cause();
            begin();
          }
        });
  }

  /** Mends everything at once; nothing happens any more. */
  void end() {
    over = true;
    site.network().calm();
    amends.forEach(Runnable::run);
  }

  /** Holds the process in the midst of what it does, one time in a few. */
  void strike(SimulatedProcess process) {
    if (!over && random.nextInt(STRIKES) == 0) {
      hold(process, Duration.ofMillis(random.nextInt(LONGEST_MILLIS)), false);
    }
  }

  private void cause() {
    Duration length = Duration.ofMillis(200 + random.nextInt(LONGEST_MILLIS));
    SimulatedMetasrv metasrv = metasrvs.get(random.nextInt(metasrvs.size()));
    SimulatedDatanode datanode = datanodes.get(random.nextInt(datanodes.size()));
    SimulatedProcess store = site.store().process();
    switch (random.nextInt(14)) {
      case 0 -> metasrv.crashAndRestartAfter(length);
      case 1 -> metasrv.stopAndStartAfter(length);
      case 2, 3, 4 -> hold(metasrv.process(), length, false);
      case 5 -> hold(metasrv.process(), length, true);
      case 6 -> hold(store, length.dividedBy(3), false);
      case 7 -> cut(metasrv.process(), store, length);
      case 8 -> cut(metasrv.process(), datanode.process(), length);
      case 9 -> datanode.crashAndRestartAfter(length);
      case 10 -> hold(datanode.process(), length, false);
      case 11 -> {
        datanode.reads(false);
        amend(length, "reads again", () -> datanode.reads(true));
      }
      default -> datanode.reconnects();
    }
  }

  private void hold(SimulatedProcess process, Duration length, boolean suspended) {
    if (suspended) {
      process.suspend();
    } else {
      process.pause();
    }
    amend(length, "resume", process::resume);
  }

  /** In one direction, the other, or both. */
  private void cut(SimulatedProcess one, SimulatedProcess other, Duration length) {
    int directions = 1 + random.nextInt(3);
    if ((directions & 1) != 0) {
      cutOneWay(one, other, length);
    }
    if ((directions & 2) != 0) {
      cutOneWay(other, one, length);
    }
  }

  private void cutOneWay(SimulatedProcess from, SimulatedProcess to, Duration length) {
    site.network().cut(from, to);
    amend(length, "heal", () -> site.network().heal(from, to));
  }

  private void amend(Duration delay, String label, Runnable action) {
    amends.add(action);
    later(delay, label, action);
  }

  private void later(Duration delay, String label, Runnable action) {
    site.world().at(delay, label, action);
  }
}
