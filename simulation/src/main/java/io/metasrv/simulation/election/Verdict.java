package io.metasrv.simulation.election;

import java.util.List;

/**
 * What a run showed.
 *
 * @param seed what the run followed from
 * @param traceHash equal for every run of the seed
 * @param events length of the trace
 * @param terms number of terms that were won
 * @param writes number of fenced writes that took effect
 * @param effects number of effects that left leaders
 * @param violations promises broken; empty for a good run
 * @param tail the last events, for people
 */
public record Verdict(
    long seed,
    long traceHash,
    long events,
    int terms,
    int writes,
    int effects,
    List<String> violations,
    List<String> tail) {
  public Verdict {
    violations = List.copyOf(violations);
    tail = List.copyOf(tail);
  }
}
