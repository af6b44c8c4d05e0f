package io.metasrv.nodes.region;

import io.metasrv.domain.RegionId;
import io.metasrv.domain.time.MonotonicTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A region that a node has open: its role and the end of its lease. Confined to its node. */
public final class HostedRegion {

  private final RegionId id;
  private RegionRole role;
  private @Nullable MonotonicTime deadline;
  private @Nullable MonotonicTime flushEnds;
  private boolean rejectsAllWrites;

  HostedRegion(RegionId id, RegionRole role) {
    this.id = id;
    this.role = role;
  }

  public RegionId id() {
    return id;
  }

  public RegionRole role() {
    return role;
  }

  /** When the role ends by itself; empty while no countdown runs. */
  public Optional<MonotonicTime> deadline() {
    return Optional.ofNullable(deadline);
  }

  /** Whether the staging instruction told it to reject all writes. */
  public boolean rejectsAllWrites() {
    return rejectsAllWrites;
  }

  /** When the flush that is under way ends; empty while none is. */
  public Optional<MonotonicTime> flushEnds() {
    return Optional.ofNullable(flushEnds);
  }

  /** Notes a flush under way until the given time; later requests join it. */
  public void flushStarted(MonotonicTime ends) {
    flushEnds = ends;
  }

  public void flushEnded() {
    flushEnds = null;
  }

  /** Applies what a lease grants, by the rules of {@link RegionRole#afterGrant}. */
  void grant(RegionRole granted) {
    become(role.afterGrant(granted));
  }

  /** Sets the role outright: creation, upgrade, downgrade, expiry, entering staging. */
  public void become(RegionRole next) {
    role = next;
    if (next != RegionRole.STAGING_LEADER) {
      rejectsAllWrites = false;
    }
  }

  /** Enters staging; with {@code rejectAll} it accepts no write until staging ends. */
  public void stage(boolean rejectAll) {
    role = RegionRole.STAGING_LEADER;
    rejectsAllWrites = rejectAll;
  }

  void endsAt(MonotonicTime end) {
    deadline = end;
  }

  void endless() {
    deadline = null;
  }
}
