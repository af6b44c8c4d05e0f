package io.metasrv.application.port;

import java.time.Instant;
import java.util.Map;

/**
 * The audit trail: what the control plane decided and what operators did. Recording never blocks
 * and never fails the work it describes; an event that cannot be kept is counted and logged.
 * Thread-safe.
 */
public interface EventLog {

  /** Keeps an event. */
  void record(Event event);

  /**
   * One thing that happened.
   *
   * @param at wall clock
   * @param type stable name, for example {@code leadership.elected}
   * @param actor node address or operator
   * @param attributes details, printed in iteration order
   */
  record Event(Instant at, String type, String actor, Map<String, String> attributes) {}
}
