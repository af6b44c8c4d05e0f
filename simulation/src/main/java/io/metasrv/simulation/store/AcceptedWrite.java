package io.metasrv.simulation.store;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * A write that took effect, as the judge of a run sees it.
 *
 * @param at true time
 * @param fencedTerm the term the writer acted for; empty for an unfenced write
 * @param leadingTerm the term whose lease was valid at that moment, by the store's own clock
 * @param what for people
 */
public record AcceptedWrite(
    Duration at, OptionalLong fencedTerm, OptionalLong leadingTerm, String what) {

  /** Whether a deposed or expired leader wrote. */
  public boolean isByFormerLeader() {
    return fencedTerm.isPresent() && !fencedTerm.equals(leadingTerm);
  }
}
