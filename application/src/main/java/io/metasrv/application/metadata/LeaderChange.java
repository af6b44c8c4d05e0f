package io.metasrv.application.metadata;

import io.metasrv.domain.route.LeaderState;
import io.metasrv.domain.route.RegionRoute;
import java.util.Optional;

/** What shall become of a region's leader. */
public sealed interface LeaderChange {

  /** Nothing: the route is skipped. */
  record Keep() implements LeaderChange {}

  /** It gets the state, or none. */
  record Become(Optional<LeaderState> state) implements LeaderChange {}

  /** Decides for a route. */
  @FunctionalInterface
  interface Rule {
    LeaderChange of(RegionRoute route);
  }
}
