package io.metasrv.simulation.store;

import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.Election;
import io.metasrv.application.port.Fence;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.domain.error.ElectionException;
import io.metasrv.domain.error.StoreException;
import io.metasrv.simulation.kernel.SimulatedNetwork;
import io.metasrv.simulation.kernel.SimulatedProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One process's part in the election of the simulated store; campaigns by asking again and again.
 */
public final class SimulatedElection implements Election {

  private static final Duration POLL = Duration.ofMillis(400);

  private final StoreCalls calls;
  private final Duration believedLease;
  private @Nullable String announcedAs;

  /** A participant that knows the true lease duration. */
  public SimulatedElection(
      SimulatedStoreServer server, SimulatedProcess client, SimulatedNetwork network) {
    this(server, client, network, server.timing().lease());
  }

  /**
   * A participant that believes in another lease duration than the server's: too long a one breaks
   * the deadline, to show that the judge notices.
   */
  public SimulatedElection(
      SimulatedStoreServer server,
      SimulatedProcess client,
      SimulatedNetwork network,
      Duration believedLease) {
    this.calls = new StoreCalls(server, client, network);
    this.believedLease = believedLease;
  }

  @Override
  public Duration leaseDuration() {
    return believedLease;
  }

  @Override
  public Duration renewalInterval() {
    return calls.server().timing().renewalInterval();
  }

  @Override
  public Duration renewalTimeout() {
    return calls.server().timing().renewalTimeout();
  }

  @Override
  public LeaderLease campaign(String address) throws InterruptedException {
    while (true) {
      Optional<SimulatedFence> won = ask("campaign", () -> calls.server().tryWin(address));
      if (won.isPresent()) {
        return new Lease(won.get());
      }
      calls.client().sleep(POLL);
    }
  }

  private <T> T ask(String what, Supplier<T> request) throws InterruptedException {
    return calls
        .call(what, renewalTimeout(), request)
        .orElseThrow(() -> new ElectionException(what + ": the store did not answer"));
  }

  @Override
  public Optional<String> leader() {
    return read("leader", () -> calls.server().leader());
  }

  @Override
  public void announce(Candidate candidate) throws InterruptedException {
    announcedAs = candidate.address();
    boolean written = ask("announce", () -> calls.server().announce(candidate));
    if (!written) {
      throw new ElectionException("announcing %s was refused".formatted(candidate.address()));
    }
  }

  @Override
  public void withdraw() {
    String address = announcedAs;
    if (address != null) {
      announcedAs = null;
      bestEffort("withdraw", () -> calls.server().withdraw(address));
    }
  }

  @Override
  public Duration candidateLease() {
    return calls.server().timing().candidateLease();
  }

  @Override
  public List<Candidate> candidates() {
    return read("candidates", () -> calls.server().candidates());
  }

  private <T> T read(String what, Supplier<T> request) {
    try {
      return calls
          .call(what, renewalTimeout(), request)
          .orElseThrow(() -> new StoreException.Unavailable(what + ": the store did not answer"));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable(what + " was interrupted", interrupted);
    }
  }

  private void bestEffort(String what, Supplier<Boolean> request) {
    try {
      if (calls.call(what, renewalTimeout(), request).isEmpty()) {
        calls.client().note(what, "no answer; the lease will run out by itself");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A term on the simulated store. */
  private final class Lease implements LeaderLease {
    private final SimulatedFence fence;

    Lease(SimulatedFence fence) {
      this.fence = fence;
    }

    @Override
    public Fence fence() {
      return fence;
    }

    @Override
    public Renewal renew() throws InterruptedException {
      boolean renewed = ask("renew", () -> calls.server().renew(fence));
      return renewed ? Renewal.RENEWED : Renewal.LOST;
    }

    @Override
    public void resign() {
      bestEffort("resign", () -> calls.server().resign(fence));
    }
  }
}
