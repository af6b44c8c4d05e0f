package io.metasrv.bootstrap.config;

import io.metasrv.application.options.ByteSize;
import io.metasrv.application.options.EventRecorderOptions;
import io.metasrv.application.options.FailoverOptions;
import io.metasrv.application.options.FailureDetectorOptions;
import io.metasrv.application.options.IgnoredOptions;
import io.metasrv.application.options.ProcedureOptions;
import io.metasrv.application.options.SelectorType;
import io.metasrv.application.options.StatsPersistenceOptions;
import io.metasrv.application.options.ThreadPoolOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the leader does for the cluster. */
final class ClusterSettings {

  static final Setting<String> DATA_HOME =
      Setting.of(
          "data_home",
          ValueType.TEXT,
          o -> o.dataHome(),
          "directory of logs and of the embedded store");

  static final Setting<SelectorType> SELECTOR =
      Setting.of(
          "selector",
          Types.SELECTOR,
          o -> o.selector(),
          "placement of new regions: round_robin, lease_based or load_based");

  static final Setting<Boolean> ENABLE_REGION_FAILOVER =
      Setting.of(
          "enable_region_failover",
          ValueType.BOOL,
          o -> o.failover().enabled(),
          "move regions away from dead datanodes");

  static final Setting<Boolean> ALLOW_REGION_FAILOVER_ON_LOCAL_WAL =
      Setting.of(
          "allow_region_failover_on_local_wal",
          ValueType.BOOL,
          o -> o.failover().allowedOnLocalWal(),
          "even if that loses their unflushed data");

  static final Setting<Duration> REGION_FAILURE_DETECTOR_INITIALIZATION_DELAY =
      Setting.of(
          "region_failure_detector_initialization_delay",
          ValueType.DURATION,
          o -> o.failover().initializationDelay(),
          "how long a new leader waits before it suspects anybody");

  static final Setting<Duration> HEARTBEAT_INTERVAL =
      Setting.of(
          "heartbeat_interval",
          ValueType.DURATION,
          o -> o.heartbeatInterval(),
          "base interval of heartbeats; leases are derived from it");

  static final Setting<Duration> NODE_MAX_IDLE_TIME =
      Setting.of(
          "node_max_idle_time",
          ValueType.DURATION,
          o -> o.nodeMaxIdleTime(),
          "forget a node that was silent for so long");

  static final Setting<Integer> FLUSH_STATS_FACTOR =
      Setting.of(
          "flush_stats_factor",
          ValueType.COUNT,
          o -> o.flushStatsFactor(),
          "datanode heartbeats gathered before statistics are written");

  static final Setting<Boolean> ENABLE_TELEMETRY =
      Setting.ignored(
          "enable_telemetry",
          ValueType.BOOL,
          o -> o.ignored().enableTelemetry(),
          "without effect: nothing is ever reported to anybody");

  static final Setting<Integer> PROCEDURE_MAX_RETRY_TIMES =
      Setting.of(
          "procedure.max_retry_times",
          ValueType.COUNT,
          o -> o.procedure().maxRetryTimes(),
          "how often a failed step is repeated");

  static final Setting<Duration> PROCEDURE_RETRY_DELAY =
      Setting.of(
          "procedure.retry_delay",
          ValueType.DURATION,
          o -> o.procedure().retryDelay(),
          "first pause between repetitions; doubles");

  static final Setting<ByteSize> PROCEDURE_MAX_METADATA_VALUE_SIZE =
      Setting.of(
          "procedure.max_metadata_value_size",
          ValueType.SIZE,
          o -> o.procedure().maxMetadataValueSize(),
          "larger procedure state is split over several keys");

  static final Setting<Integer> PROCEDURE_MAX_RUNNING_PROCEDURES =
      Setting.of(
          "procedure.max_running_procedures",
          ValueType.COUNT,
          o -> o.procedure().maxRunningProcedures(),
          "most procedures at work at one time");

  static final Setting<Duration> PROCEDURE_HISTORY_TTL =
      Setting.own(
          "procedure.history_ttl",
          ValueType.DURATION,
          o -> o.procedure().historyTtl(),
          "how long the record of a finished procedure is kept");

  static final Setting<Integer> PROCEDURE_HISTORY_MAX_RECORDS =
      Setting.own(
          "procedure.history_max_records",
          ValueType.COUNT,
          o -> o.procedure().historyMaxRecords(),
          "how many records of finished procedures are kept");

  static final Setting<Double> FAILURE_DETECTOR_THRESHOLD =
      Setting.of(
          "failure_detector.threshold",
          ValueType.NUMBER,
          o -> o.failureDetector().threshold(),
          "phi above which a datanode counts as dead");

  static final Setting<Duration> FAILURE_DETECTOR_MIN_STD_DEVIATION =
      Setting.of(
          "failure_detector.min_std_deviation",
          ValueType.DURATION,
          o -> o.failureDetector().minStdDeviation(),
          "least spread assumed between heartbeats");

  static final Setting<Duration> FAILURE_DETECTOR_ACCEPTABLE_HEARTBEAT_PAUSE =
      Setting.of(
          "failure_detector.acceptable_heartbeat_pause",
          ValueType.DURATION,
          o -> o.failureDetector().acceptableHeartbeatPause(),
          "silence that is forgiven");

  static final Setting<Duration> EVENT_RECORDER_TTL =
      Setting.of(
          "event_recorder.ttl",
          ValueType.DURATION,
          o -> o.eventRecorder().ttl(),
          "how long events are kept");

  static final Setting<Duration> STATS_PERSISTENCE_TTL =
      Setting.of(
          "stats_persistence.ttl",
          ValueType.DURATION,
          o -> o.statsPersistence().ttl(),
          "how long the history of statistics is kept; 0s: none is written");

  static final Setting<Duration> STATS_PERSISTENCE_INTERVAL =
      Setting.of(
          "stats_persistence.interval",
          ValueType.DURATION,
          o -> o.statsPersistence().interval(),
          "pause between two records of a region; at least 10m");

  static final Setting<Boolean> MEMORY_ENABLE_HEAP_PROFILING =
      Setting.ignored(
          "memory.enable_heap_profiling",
          ValueType.BOOL,
          o -> o.ignored().enableHeapProfiling(),
          "without effect");

  static final Setting<Optional<String>> TRACING_TOKIO_CONSOLE_ADDR =
      Setting.ignored(
          "tracing.tokio_console_addr",
          ValueType.optional(ValueType.TEXT),
          o -> o.ignored().tokioConsoleAddr(),
          "without effect");

  static final Setting<Integer> RUNTIME_GLOBAL_RT_SIZE =
      Setting.ignored(
          "runtime.global_rt_size",
          ValueType.COUNT,
          o -> o.ignored().threadPools().globalRtSize(),
          "without effect");

  static final Setting<Integer> RUNTIME_COMPACT_RT_SIZE =
      Setting.ignored(
          "runtime.compact_rt_size",
          ValueType.COUNT,
          o -> o.ignored().threadPools().compactRtSize(),
          "without effect");

  static final Setting<Integer> RUNTIME_QUERY_RT_SIZE =
      Setting.ignored(
          "runtime.query_rt_size",
          ValueType.COUNT,
          o -> o.ignored().threadPools().queryRtSize(),
          "without effect");

  static final Setting<Integer> RUNTIME_INGEST_RT_SIZE =
      Setting.ignored(
          "runtime.ingest_rt_size",
          ValueType.COUNT,
          o -> o.ignored().threadPools().ingestRtSize(),
          "without effect");

  static final Setting<List<String>> PLUGINS =
      Setting.ignored("plugins", Types.RAW, o -> o.ignored().plugins(), "without effect");

  private ClusterSettings() {}

  static List<Setting<?>> all() {
    return List.of(
        DATA_HOME,
        SELECTOR,
        ENABLE_REGION_FAILOVER,
        ALLOW_REGION_FAILOVER_ON_LOCAL_WAL,
        REGION_FAILURE_DETECTOR_INITIALIZATION_DELAY,
        HEARTBEAT_INTERVAL,
        NODE_MAX_IDLE_TIME,
        FLUSH_STATS_FACTOR,
        ENABLE_TELEMETRY,
        PROCEDURE_MAX_RETRY_TIMES,
        PROCEDURE_RETRY_DELAY,
        PROCEDURE_MAX_METADATA_VALUE_SIZE,
        PROCEDURE_MAX_RUNNING_PROCEDURES,
        PROCEDURE_HISTORY_TTL,
        PROCEDURE_HISTORY_MAX_RECORDS,
        FAILURE_DETECTOR_THRESHOLD,
        FAILURE_DETECTOR_MIN_STD_DEVIATION,
        FAILURE_DETECTOR_ACCEPTABLE_HEARTBEAT_PAUSE,
        EVENT_RECORDER_TTL,
        STATS_PERSISTENCE_TTL,
        STATS_PERSISTENCE_INTERVAL,
        MEMORY_ENABLE_HEAP_PROFILING,
        TRACING_TOKIO_CONSOLE_ADDR,
        RUNTIME_GLOBAL_RT_SIZE,
        RUNTIME_COMPACT_RT_SIZE,
        RUNTIME_QUERY_RT_SIZE,
        RUNTIME_INGEST_RT_SIZE,
        PLUGINS);
  }

  static FailoverOptions failover(Values v) {
    return new FailoverOptions(
        v.get(ENABLE_REGION_FAILOVER),
        v.get(ALLOW_REGION_FAILOVER_ON_LOCAL_WAL),
        v.get(REGION_FAILURE_DETECTOR_INITIALIZATION_DELAY));
  }

  static ProcedureOptions procedure(Values v) {
    return new ProcedureOptions(
        v.get(PROCEDURE_MAX_RETRY_TIMES),
        v.get(PROCEDURE_RETRY_DELAY),
        v.get(PROCEDURE_MAX_METADATA_VALUE_SIZE),
        v.get(PROCEDURE_MAX_RUNNING_PROCEDURES),
        v.get(PROCEDURE_HISTORY_TTL),
        v.get(PROCEDURE_HISTORY_MAX_RECORDS));
  }

  static FailureDetectorOptions failureDetector(Values v) {
    return new FailureDetectorOptions(
        v.get(FAILURE_DETECTOR_THRESHOLD),
        v.get(FAILURE_DETECTOR_MIN_STD_DEVIATION),
        v.get(FAILURE_DETECTOR_ACCEPTABLE_HEARTBEAT_PAUSE));
  }

  static EventRecorderOptions eventRecorder(Values v) {
    return new EventRecorderOptions(v.get(EVENT_RECORDER_TTL));
  }

  static StatsPersistenceOptions statsPersistence(Values v) {
    return new StatsPersistenceOptions(
        v.get(STATS_PERSISTENCE_TTL), v.get(STATS_PERSISTENCE_INTERVAL));
  }

  static IgnoredOptions ignored(Values v) {
    return new IgnoredOptions(
        v.get(ENABLE_TELEMETRY),
        v.get(MEMORY_ENABLE_HEAP_PROFILING),
        v.get(TRACING_TOKIO_CONSOLE_ADDR),
        new ThreadPoolOptions(
            v.get(RUNTIME_GLOBAL_RT_SIZE),
            v.get(RUNTIME_COMPACT_RT_SIZE),
            v.get(RUNTIME_QUERY_RT_SIZE),
            v.get(RUNTIME_INGEST_RT_SIZE)),
        v.get(PLUGINS));
  }
}
