package io.metasrv.simulation.kernel;

import java.time.Duration;
import java.util.TreeSet;

/**
 * Messages between processes: each takes a random time, a few far longer, and between two processes
 * that are cut off from each other every message is lost, also one already under way. One-way cuts
 * are possible. A message to a held process waits for it; one to a dead process is lost.
 */
public final class SimulatedNetwork {

  /** One message in this many is a straggler. */
  private static final int ONE_IN = 200;

  /**
   * How much longer than the longest usual time a straggler may take: longer than a leader's lease.
   */
  private static final Duration STRAGGLER = Duration.ofSeconds(8);

  private final World world;
  private final Duration shortest;
  private final Duration longest;
  private final TreeSet<String> cuts = new TreeSet<>();
  private boolean stragglers = true;

  /**
   * @param shortest least time a message takes
   * @param longest most time a message takes
   */
  public SimulatedNetwork(World world, Duration shortest, Duration longest) {
    this.world = world;
    this.shortest = shortest;
    this.longest = longest;
  }

  /** Loses everything sent from the first to the second from now on. */
  public void cut(SimulatedProcess from, SimulatedProcess to) {
    world.note("cut", from.name() + "->" + to.name());
    cuts.add(route(from, to));
  }

  /** Carries messages from the first to the second again. */
  public void heal(SimulatedProcess from, SimulatedProcess to) {
    world.note("heal", from.name() + "->" + to.name());
    cuts.remove(route(from, to));
  }

  /** Lets no message sent from now on straggle. */
  public void calm() {
    stragglers = false;
  }

  /** Whether everything sent from the first to the second is lost at the moment. */
  public boolean isCut(SimulatedProcess from, SimulatedProcess to) {
    return cuts.contains(route(from, to));
  }

  /** Sends a message; the action runs in the receiving process and must not block. */
  public void send(SimulatedProcess from, SimulatedProcess to, String label, Runnable onArrival) {
    send(from, to, label, onArrival, () -> {});
  }

  /**
   * The same for a transport that notices losses.
   *
   * @param onLoss runs outside of every process once the message is lost to a cut
   */
  public void send(
      SimulatedProcess from,
      SimulatedProcess to,
      String label,
      Runnable onArrival,
      Runnable onLoss) {
    world.at(
        latency(),
        "carry " + label,
        () -> {
          if (cuts.contains(route(from, to))) {
            world.note("lost", label);
            onLoss.run();
          } else {
            to.post(label, onArrival);
          }
        });
  }

  private Duration latency() {
    if (stragglers && world.random().nextInt(ONE_IN) == 0) {
      return longest.plusNanos(world.random().nextLong(STRAGGLER.toNanos()));
    }
    long spread = longest.toNanos() - shortest.toNanos();
    return shortest.plusNanos(spread <= 0 ? 0 : world.random().nextLong(spread));
  }

  private static String route(SimulatedProcess from, SimulatedProcess to) {
    return from.name() + "->" + to.name();
  }
}
