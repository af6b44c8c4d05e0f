package io.metasrv.simulation.cluster;

import io.metasrv.simulation.kernel.SimulatedNetwork;
import io.metasrv.simulation.kernel.SimulatedProcess;
import io.metasrv.simulation.kernel.World;
import java.time.Duration;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One direction of a connection, as TCP is: what goes in comes out in the same order, sooner or
 * later; what the network loses is sent again for as long as the connection lasts. Two pipes know
 * no common order.
 */
final class Pipe<T> {

  private static final Duration RETRANSMISSION = Duration.ofMillis(700);

  private final World world;
  private final SimulatedNetwork network;
  private final SimulatedProcess from;
  private final SimulatedProcess to;
  private final String label;
  private final Consumer<T> receiver;
  private final TreeMap<Long, T> early = new TreeMap<>();
  private long sent;
  private long delivered;
  private boolean closed;

  /**
   * @param receiver called in the process at the other end; must not block
   */
  Pipe(Site site, SimulatedProcess from, SimulatedProcess to, String label, Consumer<T> receiver) {
    this.world = site.world();
    this.network = site.network();
    this.from = from;
    this.to = to;
    this.label = label;
    this.receiver = receiver;
  }

  void send(T item) {
    carry(sent++, item);
  }

  /** Sends something that leaves only after the delay; what is sent later waits behind it. */
  void sendLate(Duration delay, T item) {
    long number = sent++;
    world.at(delay, "late " + label, () -> carry(number, item));
  }

  /** Nothing comes out any more. */
  void close() {
    closed = true;
    early.clear();
  }

  private void carry(long number, T item) {
    if (!closed && from.isAlive()) {
      network.send(
          from,
          to,
          label,
          () -> arrive(number, item),
          () -> world.at(RETRANSMISSION, "retransmission of " + label, () -> carry(number, item)));
    }
  }

  private void arrive(long number, T item) {
    early.put(number, item);
    while (!closed && early.containsKey(delivered)) {
      T next = early.remove(delivered);
      delivered++;
      if (next != null) {
        receiver.accept(next);
      }
    }
  }
}
