package io.metasrv.application.transfer;

import io.metasrv.application.port.Election;
import io.metasrv.domain.error.ServiceException;
import java.util.List;

/**
 * The condition that nobody leads on the stores concerned. What has no election of its own beyond
 * its process (embedded) is guarded by the lock on its directory instead.
 *
 * @param sides the stores concerned
 */
public record NoLeader(List<Side> sides) {

  /** No condition. */
  public static final NoLeader UNCHECKED = new NoLeader(List.of());

  public NoLeader {
    sides = List.copyOf(sides);
  }

  /**
   * A store concerned.
   *
   * @param name what it is and where, for people
   * @param election on that store
   */
  public record Side(String name, Election election) {}

  /**
   * Asks each election.
   *
   * @param what is refused otherwise
   * @throws ServiceException (IllegalState) if a metasrv leads on one of them
   */
  public void require(String what) {
    for (Side side : sides) {
      side.election()
          .leader()
          .ifPresent(
              leader -> {
                throw ServiceException.illegalState(
                    "%s refused: metasrv %s leads on %s; stop every metasrv on it, wait %d s for its lease if it was killed, and try again"
                        .formatted(
                            what,
                            leader,
                            side.name(),
                            side.election().leaseDuration().toSeconds()));
              });
    }
  }
}
