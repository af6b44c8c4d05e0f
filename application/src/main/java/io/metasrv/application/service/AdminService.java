package io.metasrv.application.service;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What operators see and switch (sheet 09 §3). Works on any node: switches and sequences are read
 * from the shared store, the leader's memory is asked for where a follower has none. Thread-safe.
 */
public interface AdminService {

  /** The published leader address; empty without an election or while there is no leader. */
  Optional<String> leader();

  /** Whether several metasrvs can share this store. */
  boolean hasElection();

  /** JSON array of datanode leases (sheet 09 §3.1). */
  String nodeLeasesJson();

  /**
   * JSON array of arrays of datanode statistics, optionally of one address only (sheet 09 §3.2).
   */
  String heartbeatsJson(Optional<String> address);

  /** Whether the switch is on. */
  boolean isOn(Switch which);

  /** Turns the switch on or off; idempotent. */
  void set(Switch which, boolean on);

  /** The stored next table id: the end of what has been handed out. */
  long nextTableId();

  /**
   * Moves the table id sequence forward. Refused unless recovery mode is on and the value is above
   * the stored one.
   *
   * @return the new value
   */
  long setNextTableId(long next);

  /** Whether this node can serve, in which role, and if not why. */
  Readiness readiness();

  /** The runtime switches (sheet 09 §3.3). */
  enum Switch {
    /** Background actors stand still. */
    MAINTENANCE,
    /** No new procedure is taken. */
    PAUSE_PROCEDURE,
    /** The table id sequence may be moved. */
    RECOVERY
  }

  /**
   * The state behind {@code /readyz}.
   *
   * @param ready whether this node does its part now
   * @param role {@code leader}, {@code follower} or {@code starting}
   * @param leader the leader's address, where known
   * @param term number of the own term, on a leader
   * @param reasons what is missing, empty if ready
   */
  record Readiness(
      boolean ready,
      String role,
      Optional<String> leader,
      OptionalLong term,
      List<String> reasons) {
    public Readiness {
      reasons = List.copyOf(reasons);
    }
  }
}
