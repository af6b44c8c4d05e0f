package io.metasrv.application.metrics;

import io.metasrv.application.port.Metrics.MetricDefinition;
import java.util.List;

/**
 * Every metric of the application. The first group has the reference's exact names, labels and
 * buckets (sheet 09 §9); the second is our own.
 */
public final class MetricNames {

  /** Time of a call of service Store. */
  public static final MetricDefinition KV_REQUEST_ELAPSED =
      MetricDefinition.seconds(
          "greptime_meta_kv_request_elapsed", "Time of Store calls, in seconds", "target", "op");

  /** Time of a transaction on the store. */
  public static final MetricDefinition TXN_REQUEST =
      MetricDefinition.seconds(
          "greptime_meta_txn_request", "Time of store transactions, in seconds", "target", "op");

  /** Time to load one prefix into the leader's cache. */
  public static final MetricDefinition LEADER_CACHE_KV_LOAD =
      MetricDefinition.seconds(
          "greptime_meta_leader_cache_kv_load",
          "Time to load a prefix into the leader's cache, in seconds",
          "prefix");

  /** Keys found in the leader's cache. */
  public static final MetricDefinition KV_CACHE_HIT =
      MetricDefinition.of("greptime_meta_kv_cache_hit", "Keys found in the leader's cache", "op");

  /** Keys not found in the leader's cache. */
  public static final MetricDefinition KV_CACHE_MISS =
      MetricDefinition.of(
          "greptime_meta_kv_cache_miss", "Keys not found in the leader's cache", "op");

  /** Registered heartbeat streams. */
  public static final MetricDefinition HEARTBEAT_CONNECTION_NUM =
      MetricDefinition.of("greptime_meta_heartbeat_connection_num", "Registered heartbeat streams");

  /** Time in one heartbeat handler. */
  public static final MetricDefinition HANDLER_EXECUTE =
      MetricDefinition.seconds(
          "greptime_meta_handler_execute", "Time of a heartbeat handler, in seconds", "name");

  /** Heartbeats by sender. */
  public static final MetricDefinition HEARTBEAT_RECV =
      MetricDefinition.of("greptime_meta_heartbeat_recv", "Heartbeats received", "pusher_key");

  /** Heartbeats of datanodes with statistics. */
  public static final MetricDefinition HEARTBEAT_RATE =
      MetricDefinition.of(
          "greptime_meta_heartbeat_rate", "Heartbeats of datanodes that carry statistics");

  /** Size of a datanode's statistics. */
  public static final MetricDefinition HEARTBEAT_STAT_MEMORY_SIZE =
      new MetricDefinition(
          "greptime_meta_heartbeat_stat_memory_size",
          "Estimated size of a datanode's statistics, in bytes",
          List.of(),
          List.of(100.0, 500.0, 1000.0, 1500.0, 2000.0, 3000.0, 5000.0, 10000.0, 20000.0));

  /** Regions found inactive. */
  public static final MetricDefinition INACTIVE_REGIONS =
      MetricDefinition.of("greptime_meta_inactive_regions", "Regions found inactive");

  /** 1 while this node leads and is ready to, else 0. */
  public static final MetricDefinition IS_LEADER =
      MetricDefinition.of(
          "metasrv_leadership_is_leader", "1 while this node leads and is ready to, else 0");

  /** Number of this process's latest term. */
  public static final MetricDefinition TERM =
      MetricDefinition.of(
          "metasrv_leadership_term", "Number of the latest term of this process, from 1");

  /** Changes of leadership. */
  public static final MetricDefinition LEADERSHIP_CHANGES =
      MetricDefinition.of(
          "metasrv_leadership_changes", "Terms begun (elected), made ready, and ended", "event");

  /** Time from winning to being ready. */
  public static final MetricDefinition LEADER_START_SECONDS =
      MetricDefinition.seconds(
          "metasrv_leadership_start_seconds",
          "Time from winning a term to being ready to lead, in seconds");

  /** Time of one renewal. */
  public static final MetricDefinition LEASE_RENEWAL_SECONDS =
      MetricDefinition.seconds(
          "metasrv_leadership_renewal_seconds",
          "Time of one renewal of the leader lease, in seconds",
          "result");

  /** Failed campaigns and announcements. */
  public static final MetricDefinition ELECTION_ERRORS =
      MetricDefinition.of("metasrv_election_errors", "Steps of the election that failed", "step");

  /** Components of a term that could not be started. */
  public static final MetricDefinition TERM_COMPONENT_FAILURES =
      MetricDefinition.of(
          "metasrv_leadership_component_failures",
          "Components of a term that failed to start or stop",
          "component");

  /** Writes handed to the leader by a follower. */
  public static final MetricDefinition FORWARDED_WRITES =
      MetricDefinition.of(
          "metasrv_store_forwarded_writes", "Writes handed to the leader", "op", "result");

  /** Handlers of heartbeats that failed; the rest of the chain went on. */
  public static final MetricDefinition HEARTBEAT_HANDLER_FAILURES =
      MetricDefinition.of(
          "metasrv_heartbeat_handler_failures", "Handlers of heartbeats that failed", "name");

  /** Input of heartbeats that could not be read and was left out. */
  public static final MetricDefinition HEARTBEAT_BAD_INPUT =
      MetricDefinition.of(
          "metasrv_heartbeat_bad_input", "Parts of heartbeats that could not be read", "part");

  /** Replies of nodes that nobody waited for. */
  public static final MetricDefinition MAILBOX_LATE_REPLIES =
      MetricDefinition.of(
          "metasrv_mailbox_late_replies", "Replies of nodes that nobody waited for");

  /** Heartbeats a subscriber missed because it was too slow. */
  public static final MetricDefinition HEARTBEAT_PUBLISH_DROPPED =
      MetricDefinition.of(
          "metasrv_heartbeat_publish_dropped",
          "Heartbeats a subscriber missed because its queue was full",
          "subscriber");

  /** Table routes that could not be read. */
  public static final MetricDefinition BROKEN_TABLE_ROUTES =
      MetricDefinition.of(
          "metasrv_lease_broken_table_routes",
          "Times a lease was not renewed because a table route could not be read");

  /** Procedures that run or wait. */
  public static final MetricDefinition PROCEDURES_RUNNING =
      MetricDefinition.of(
          "metasrv_procedure_running", "Procedures, with their children, that have not ended");

  /** Procedures that wait for locks. */
  public static final MetricDefinition PROCEDURES_WAITING =
      MetricDefinition.of("metasrv_procedure_waiting", "Procedures that wait for their locks");

  /** Stored procedures that are not run. */
  public static final MetricDefinition PROCEDURES_QUARANTINED =
      MetricDefinition.of(
          "metasrv_procedure_quarantined",
          "Stored procedures that are not run until an operator decides");

  /** Procedures that ended. */
  public static final MetricDefinition PROCEDURES_ENDED =
      MetricDefinition.of("metasrv_procedure_ended", "Procedures that ended", "type_name", "state");

  /** Time of a procedure from its submission to its end. */
  public static final MetricDefinition PROCEDURE_SECONDS =
      MetricDefinition.seconds(
          "metasrv_procedure_seconds",
          "Time of a procedure from its submission to its end, in seconds",
          "type_name");

  /** Time of one step. */
  public static final MetricDefinition PROCEDURE_STEP_SECONDS =
      MetricDefinition.seconds(
          "metasrv_procedure_step_seconds", "Time of one step, in seconds", "type_name");

  /** Time a procedure waited for its locks. */
  public static final MetricDefinition PROCEDURE_LOCK_WAIT_SECONDS =
      MetricDefinition.seconds(
          "metasrv_procedure_lock_wait_seconds",
          "Time a procedure waited for its locks, in seconds");

  /** Steps tried again. */
  public static final MetricDefinition PROCEDURE_RETRIES =
      MetricDefinition.of("metasrv_procedure_retries", "Steps tried again", "type_name");

  /** Procedures ended by a bug. */
  public static final MetricDefinition PROCEDURE_PANICS =
      MetricDefinition.of("metasrv_procedure_panics", "Procedures ended by a bug", "type_name");

  /** Writes of records that failed and were or will be tried again. */
  public static final MetricDefinition PROCEDURE_STORE_FAILURES =
      MetricDefinition.of(
          "metasrv_procedure_store_failures",
          "Writes of the records of procedures that failed",
          "what");

  private MetricNames() {}
}
