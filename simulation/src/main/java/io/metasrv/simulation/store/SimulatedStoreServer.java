package io.metasrv.simulation.store;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.error.StoreException;
import io.metasrv.domain.time.MonotonicTime;
import io.metasrv.simulation.kernel.SimulatedProcess;
import io.metasrv.simulation.kernel.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The server side: content, leases and the fence. Requests run one at a time in the server's
 * process, each as one step, so each is atomic. It also keeps, for the judge, who every accepted
 * write was made for and who led at that moment.
 */
public final class SimulatedStoreServer {

  private final World world;
  private final SimulatedProcess process;
  private final ElectionTiming timing;
  private final boolean fenceBroken;
  private final InMemoryStore content = new InMemoryStore(128, KeyValueStore.MIN_MAX_VALUE_BYTES);
  private final List<AcceptedWrite> accepted = new ArrayList<>();
  private final TreeMap<String, Announcement> announcements = new TreeMap<>();
  private @Nullable SimulatedFence leading;
  private MonotonicTime leaseEnd;
  private long lastTerm;

  private SimulatedStoreServer(
      World world, SimulatedProcess process, ElectionTiming timing, boolean fenceBroken) {
    this.world = world;
    this.process = process;
    this.timing = timing;
    this.fenceBroken = fenceBroken;
    this.leaseEnd = process.monotonic();
  }

  /** A server that keeps its promises. */
  public static SimulatedStoreServer sound(
      World world, SimulatedProcess process, ElectionTiming timing) {
    return new SimulatedStoreServer(world, process, timing, false);
  }

  /** A server that takes every write, whatever its fence: to show that the judge notices. */
  public static SimulatedStoreServer withBrokenFence(
      World world, SimulatedProcess process, ElectionTiming timing) {
    return new SimulatedStoreServer(world, process, timing, true);
  }

  /** The process requests travel to. */
  public SimulatedProcess process() {
    return process;
  }

  /** The durations of its election. */
  public ElectionTiming timing() {
    return timing;
  }

  /** Every write that took effect, in order. */
  public List<AcceptedWrite> accepted() {
    return List.copyOf(accepted);
  }

  /** The term whose lease is valid now by the server's clock. */
  public OptionalLong leadingTerm() {
    SimulatedFence current = leading;
    return current != null && process.monotonic().isBefore(leaseEnd)
        ? OptionalLong.of(current.term())
        : OptionalLong.empty();
  }

  /** The content, read past the network, for the judge. */
  public KeyValueStore content() {
    return content;
  }

  <T> T read(Function<KeyValueStore, T> request) {
    return request.apply(content);
  }

  <T> T write(Optional<SimulatedFence> fence, String what, Function<KeyValueStore, T> request) {
    OptionalLong leadingNow = leadingTerm();
    OptionalLong fenced =
        fence.map(known -> OptionalLong.of(known.term())).orElse(OptionalLong.empty());
    if (fenced.isPresent() && !fenced.equals(leadingNow) && !fenceBroken) {
      world.note("fenced out", what);
      throw new StoreException.FencedOut(
          "%s for term %d was refused: the current term is %s"
              .formatted(what, fenced.getAsLong(), leadingNow));
    }
    T result = request.apply(content);
    accepted.add(new AcceptedWrite(world.now(), fenced, leadingNow, what));
    return result;
  }

  /** Wins a new term for the node unless another one's lease is valid. */
  Optional<SimulatedFence> tryWin(String address) {
    if (leadingTerm().isPresent()) {
      return Optional.empty();
    }
    SimulatedFence won = new SimulatedFence(++lastTerm, address);
    leading = won;
    leaseEnd = process.monotonic().plus(timing.lease());
    world.note("won", won.describe());
    return Optional.of(won);
  }

  boolean renew(SimulatedFence fence) {
    if (!leadingTerm().equals(OptionalLong.of(fence.term()))) {
      return false;
    }
    leaseEnd = process.monotonic().plus(timing.lease());
    return true;
  }

  boolean resign(SimulatedFence fence) {
    if (fence.equals(leading)) {
      world.note("resigned", fence.describe());
      leading = null;
    }
    return true;
  }

  Optional<String> leader() {
    SimulatedFence current = leading;
    return current == null || leadingTerm().isEmpty()
        ? Optional.empty()
        : Optional.of(current.holder());
  }

  boolean announce(Candidate candidate) {
    announcements.put(
        candidate.address(),
        new Announcement(candidate, process.monotonic().plus(timing.candidateLease())));
    return true;
  }

  boolean withdraw(String address) {
    announcements.remove(address);
    return true;
  }

  List<Candidate> candidates() {
    MonotonicTime now = process.monotonic();
    return announcements.values().stream()
        .filter(announcement -> now.isBefore(announcement.end()))
        .map(Announcement::candidate)
        .toList();
  }

  private record Announcement(Candidate candidate, MonotonicTime end) {}
}
