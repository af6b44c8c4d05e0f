package io.metasrv.application.metasrv;

import java.util.List;

/** Where a node is in its life. */
public sealed interface LeadershipState {

  /** Not started, or stopped. */
  record Stopped() implements LeadershipState {}

  /** Takes part in the election and has not won. */
  record Follower() implements LeadershipState {}

  /**
   * Has won, and is making itself ready; to everybody else still no leader.
   *
   * @param term the term won
   * @param waitingFor name of the component being started
   */
  record Elected(Term term, String waitingFor) implements LeadershipState {}

  /**
   * Leads.
   *
   * @param term the term held
   * @param missing names of the components it has to do without, because they failed to start
   */
  record Leader(Term term, List<String> missing) implements LeadershipState {
    public Leader {
      missing = List.copyOf(missing);
    }
  }
}
