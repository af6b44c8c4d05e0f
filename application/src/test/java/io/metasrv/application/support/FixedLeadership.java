package io.metasrv.application.support;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metasrv.Leadership;
import io.metasrv.application.metasrv.LeadershipState;
import io.metasrv.application.metasrv.Term;
import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.metrics.NoMetrics;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.store.TermStore;
import io.metasrv.domain.leadership.LeaseWindow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Leadership as a test wants it: one term held from the start, or none and a leader elsewhere. */
public final class FixedLeadership implements Leadership {

  private final String address;
  private final @Nullable TermContext context;
  private volatile Optional<String> leader;

  private FixedLeadership(String address, @Nullable TermContext context, Optional<String> leader) {
    this.address = address;
    this.context = context;
    this.leader = leader;
  }

  /** A node that leads, and writes the store as its term. */
  public static FixedLeadership leading(String address, InMemoryStore store, Runtime runtime) {
    Term term =
        new Term(
            1,
            address,
            store.openTerm(address),
            LeaseWindow.opened(runtime.monotonic(), runtime.wallClock(), Duration.ofDays(1)),
            runtime);
    TermStore fenced = new TermStore(term, store);
    return new FixedLeadership(
        address,
        new TermContext(
            term, fenced, fenced, runtime, new NoMetrics(), new WatchedEvents(), address),
        Optional.of(address));
  }

  /** A node that does not lead. */
  public static FixedLeadership following(String address, Optional<String> leader) {
    return new FixedLeadership(address, null, leader);
  }

  /** From now on the election publishes this leader. */
  public void publish(Optional<String> address) {
    leader = address;
  }

  @Override
  public String serverAddress() {
    return address;
  }

  @Override
  public Optional<Term> currentTerm() {
    return currentContext().map(TermContext::term);
  }

  @Override
  public Optional<TermContext> currentContext() {
    return Optional.ofNullable(context).filter(held -> held.term().isHeld());
  }

  @Override
  public Optional<String> leaderAddress() {
    return leader;
  }

  @Override
  public LeadershipState state() {
    return currentTerm()
        .<LeadershipState>map(term -> new LeadershipState.Leader(term, List.of()))
        .orElseGet(LeadershipState.Follower::new);
  }
}
