package io.metasrv.application.options;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at options as a whole. What breaks the argument for a single writer, or cannot work at all,
 * is an error; what is merely unwise is a warning with the inequality that it violates (sheet 02
 * §23).
 */
public final class OptionsCheck {

  /** Lease of a metasrv leader plus the time an election takes (sheet 02 §23 no. 8). */
  private static final Duration LEADER_CHANGE = Duration.ofMillis(7_500);

  private OptionsCheck() {}

  /** Why a start with these options is refused; empty if it is not. */
  public static List<String> errors(MetasrvOptions options) {
    List<String> errors = new ArrayList<>();
    FailoverOptions failover = options.failover();
    if (failover.enabled()
        && options.wal().provider() == WalOptions.Provider.RAFT_ENGINE
        && !failover.allowedOnLocalWal()) {
      errors.add(
          "enable_region_failover = true with wal.provider = \"raft_engine\" loses unflushed data"
              + " of every region that is moved; set allow_region_failover_on_local_wal = true to"
              + " accept that, or use a remote WAL");
    }
    if (options.heartbeatInterval().isZero()) {
      errors.add("heartbeat_interval = 0s: leases are derived from it, it must be positive");
    }
    atLeastOne(errors, "flush_stats_factor", options.flushStatsFactor());
    atLeastOne(errors, "max_txn_ops", options.store().maxTxnOps());
    atLeastOne(
        errors, "procedure.max_running_procedures", options.procedure().maxRunningProcedures());
    checkEtcd(errors, options.store());
    checkGc(errors, options.gc());
    checkTls(errors, "grpc.tls", options.grpc().tls());
    checkTls(errors, "http.tls", options.http().tls());
    return List.copyOf(errors);
  }

  private static void checkEtcd(List<String> errors, StoreOptions store) {
    ByteSize limit = store.etcd().maxRequestSize();
    if (store.backend() == Backend.ETCD_STORE
        && limit.compareTo(EtcdOptions.LEAST_REQUEST_SIZE) < 0) {
      errors.add(
          "etcd.max_request_bytes = %s: must be at least %s, else large values find no room; raise"
                  .formatted(limit, EtcdOptions.LEAST_REQUEST_SIZE)
              + " etcd's --max-request-bytes and set the same here");
    }
  }

  private static void checkGc(List<String> errors, GcOptions gc) {
    if (!gc.enable()) {
      return;
    }
    atLeastOne(errors, "gc.max_concurrent_tables", gc.maxConcurrentTables());
    atLeastOne(errors, "gc.max_retries_per_region", gc.maxRetriesPerRegion());
    atLeastOne(errors, "gc.region_gc_concurrency", gc.regionGcConcurrency());
    atLeastOne(errors, "gc.regions_per_table_threshold", gc.regionsPerTableThreshold());
    positive(errors, "gc.retry_backoff_duration", gc.retryBackoff());
    positive(errors, "gc.gc_cooldown_period", gc.cooldownPeriod());
    positive(errors, "gc.mailbox_timeout", gc.mailboxTimeout());
    positive(errors, "gc.full_file_listing_interval", gc.fullFileListingInterval());
    positive(errors, "gc.tracker_cleanup_interval", gc.trackerCleanupInterval());
    notNegative(errors, "gc.sst_count_weight", gc.sstCountWeight());
    notNegative(errors, "gc.file_removed_count_weight", gc.fileRemovedCountWeight());
  }

  private static void checkTls(List<String> errors, String key, TlsOptions tls) {
    if (tls.securesPort() && !tls.hasCertificate()) {
      errors.add(key + " asks for TLS: set " + key + ".cert_path and " + key + ".key_path");
    }
    boolean verifiesClients = tls.mode() == TlsMode.VERIFY_CA || tls.mode() == TlsMode.VERIFY_FULL;
    if (verifiesClients && tls.caCertPath().isEmpty()) {
      errors.add(key + " asks for client certificates: set " + key + ".ca_cert_path");
    }
  }

  private static void atLeastOne(List<String> errors, String key, int value) {
    if (value < 1) {
      errors.add(key + " = " + value + ": must be at least 1");
    }
  }

  private static void positive(List<String> errors, String key, Duration value) {
    if (value.isZero()) {
      errors.add(key + " = 0s: must be positive");
    }
  }

  private static void notNegative(List<String> errors, String key, double value) {
    if (!(value >= 0)) {
      errors.add(key + " = " + value + ": must not be negative");
    }
  }

  /** What the operator should think about; empty with the defaults. */
  public static List<String> warnings(MetasrvOptions options) {
    List<String> warnings = new ArrayList<>();
    Duration interval = options.heartbeatInterval();
    Duration lease = interval.multipliedBy(3).plusSeconds(1);
    Duration pause = options.failureDetector().acceptableHeartbeatPause();
    if (pause.plus(interval).compareTo(lease) < 0) {
      warnings.add(
          ("failure_detector.acceptable_heartbeat_pause + heartbeat_interval = %s is below the"
                  + " region lease 3·heartbeat_interval + 1s = %s: nodes are suspected while their"
                  + " regions' leases still hold")
              .formatted(HumanDuration.format(pause.plus(interval)), HumanDuration.format(lease)));
    }
    if (LEADER_CHANGE.compareTo(lease) >= 0) {
      warnings.add(
          ("the region lease 3·heartbeat_interval + 1s = %s is not above a change of the metasrv"
                  + " leader (%s): regions close whenever the leader changes")
              .formatted(HumanDuration.format(lease), HumanDuration.format(LEADER_CHANGE)));
    }
    if (options.nodeMaxIdleTime().compareTo(interval.multipliedBy(6)) <= 0) {
      warnings.add(
          "node_max_idle_time is not above 6·heartbeat_interval: live frontends are forgotten");
    }
    return List.copyOf(warnings);
  }
}
