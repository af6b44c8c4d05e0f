package io.metasrv.simulation.heartbeat;

import java.util.List;

/**
 * What a run showed.
 *
 * @param seed what the run followed from
 * @param traceHash equal for every run of the seed
 * @param events length of the trace
 * @param terms terms whose components were made
 * @param leases responses with a lease that left a metasrv
 * @param refusals answers that said "not leader"
 * @param promotions leases that made a follower a leader
 * @param moves regions moved
 * @param failures steps of moves that failed or whose outcome is unknown
 * @param replies questions that were answered
 * @param timeouts questions that were not answered in time
 * @param closed questions whose stream ended
 * @param violations promises broken; empty for a good run
 * @param tail the last events, for people
 */
public record Verdict(
    long seed,
    long traceHash,
    long events,
    int terms,
    int leases,
    int refusals,
    int promotions,
    int moves,
    int failures,
    int replies,
    int timeouts,
    int closed,
    List<String> violations,
    List<String> tail) {
  public Verdict {
    violations = List.copyOf(violations);
    tail = List.copyOf(tail);
  }
}
