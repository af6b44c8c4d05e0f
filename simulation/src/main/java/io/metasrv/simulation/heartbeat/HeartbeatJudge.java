package io.metasrv.simulation.heartbeat;

import io.metasrv.application.heartbeat.HeartbeatExchange;
import io.metasrv.application.heartbeat.HeartbeatParts;
import io.metasrv.application.metasrv.Term;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.store.LeaderCache;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.simulation.cluster.ServerSide;
import io.metasrv.simulation.kernel.SimulatedProcess;
import io.metasrv.simulation.store.SimulatedStoreServer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Sees at true time what metasrvs do with their streams and terms. Never may a message leave one
 * whose term is not the store's, a stream outlive the term it was accepted in, anything of a term
 * be found in a later one, or a connected node be unreachable.
 */
final class HeartbeatJudge {

  private final SimulatedStoreServer store;
  private final Violations violations;
  private final Map<Term, WatchedTerm> terms = new IdentityHashMap<>();
  private final Map<ServerSide, WatchedTerm> streams = new IdentityHashMap<>();
  private final Set<Object> used = Collections.newSetFromMap(new IdentityHashMap<>());
  private int leases;
  private int refusals;

  HeartbeatJudge(SimulatedStoreServer store, Violations violations) {
    this.store = store;
    this.violations = violations;
  }

  /** A term was won and what belongs to it was made: all of it new and empty. */
  void created(SimulatedProcess process, HeartbeatParts parts) {
    WatchedTerm watched = WatchedTerm.of(process, parts);
    terms.put(watched.term(), watched);
    boolean empty =
        parts.memory().range(KeyRange.all(), RangeOptions.ALL).kvs().isEmpty()
            && parts.pushers().size() == 0
            && parts.context().cachedStore() instanceof LeaderCache cache
            && cache.size() == 0;
    if (!empty) {
      violations.add(watched + " begins with something in its memory");
    }
    List<Object> own =
        List.of(
            parts.memory(),
            parts.pushers(),
            parts.mailbox(),
            parts.leaderRegions(),
            parts.topicStats(),
            parts.operatingRegions(),
            parts.regionLeases(),
            parts.regionCounts(),
            parts.publisher(),
            parts.context().cachedStore());
    for (Object part : own) {
      if (!used.add(part)) {
        violations.add(watched + " works with a part of another term: " + part.getClass());
      }
    }
  }

  /** What was seen of a term. */
  WatchedTerm watched(Term term) {
    WatchedTerm known = terms.get(term);
    if (known == null) {
      throw new IllegalStateException(term + " was not seen to be made");
    }
    return known;
  }

  /** The term a stream was accepted in, if it was. */
  Optional<WatchedTerm> termOf(ServerSide stream) {
    return Optional.ofNullable(streams.get(stream));
  }

  /** The term's components have started; from now on its end is watched. */
  void begins(WatchedTerm watched) {
    Runnable unused = watched.term().onEnd(() -> ends(watched));
  }

  private void ends(WatchedTerm watched) {
    for (ServerSide stream : watched.streams()) {
      if (!stream.isEnded()) {
        violations.add("%s is over and %s goes on".formatted(watched, stream));
      }
    }
    if (watched.parts().pushers().size() > 0) {
      violations.add(watched + " is over and has streams registered");
    }
  }

  /** The chain of a term was given a request. */
  void handled(Term term, HeartbeatExchange exchange) {
    WatchedTerm watched = watched(term);
    ServerSide stream = ServerSide.served().orElseThrow();
    if (exchange.isHandshake()) {
      streams.put(stream, watched);
      watched.accepted(exchange.pusher().key().id(), stream);
    } else if (streams.get(stream) != watched) {
      violations.add("%s serves %s, which it did not accept".formatted(watched, stream));
    }
  }

  /** A message was put into a stream. */
  void sent(ServerSide stream, HeartbeatResponse response) {
    if (response.getHeader().hasError()) {
      refusals++;
      return;
    }
    if (response.hasRegionLease()) {
      leases++;
    }
    WatchedTerm watched = streams.get(stream);
    OptionalLong leading = store.leadingTerm();
    if (watched == null) {
      violations.add("a message left on %s before it was accepted".formatted(stream));
    } else if (leading.isEmpty() || leading.getAsLong() != watched.number()) {
      violations.add(
          "a %s left in %s on %s although the store's term is %s"
              .formatted(
                  response.hasRegionLease() ? "lease" : "message", watched, stream, leading));
    }
  }

  /** A message could not be sent because the datanode is not connected: that must be true. */
  void notFound(Term term, long datanode) {
    WatchedTerm watched = watched(term);
    ServerSide newest = watched.newest().get(datanode);
    if (newest != null && !newest.isEnded() && term.isHeld()) {
      violations.add(
          "datanode %d is connected to %s by %s and cannot be reached"
              .formatted(datanode, watched, newest));
    }
  }

  /** Number of terms that got as far as having components. */
  int terms() {
    return terms.size();
  }

  /** Number of responses with a lease that left. */
  int leases() {
    return leases;
  }

  /** Number of answers that said "not leader". */
  int refusals() {
    return refusals;
  }
}
