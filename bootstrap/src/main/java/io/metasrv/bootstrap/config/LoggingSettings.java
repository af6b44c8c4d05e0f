package io.metasrv.bootstrap.config;

import io.metasrv.application.options.LoggingOptions;
import io.metasrv.application.options.LoggingOptions.SampleRatio;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Log of this process. */
final class LoggingSettings {

  private static final ValueType<LoggingOptions.Format> FORMAT =
      ValueType.words(
          new EnumMap<>(
              Map.of(
                  LoggingOptions.Format.TEXT, List.of("text", ""),
                  LoggingOptions.Format.JSON, List.of("json"))));

  static final Setting<String> LOGGING_DIR =
      Setting.of(
          "logging.dir",
          ValueType.TEXT,
          o -> o.logging().dir(),
          "directory of log files; empty: <data_home>/logs");

  static final Setting<Optional<String>> LOGGING_LEVEL =
      Setting.of(
          "logging.level",
          ValueType.optional(ValueType.TEXT),
          o -> o.logging().level(),
          "info, or info,io.metasrv=debug; else RUST_LOG, else info");

  static final Setting<LoggingOptions.Format> LOGGING_LOG_FORMAT =
      Setting.of("logging.log_format", FORMAT, o -> o.logging().format(), "text or json");

  static final Setting<Integer> LOGGING_MAX_LOG_FILES =
      Setting.of(
          "logging.max_log_files",
          ValueType.COUNT,
          o -> o.logging().maxLogFiles(),
          "most files kept of each family");

  static final Setting<Boolean> LOGGING_APPEND_STDOUT =
      Setting.of(
          "logging.append_stdout",
          ValueType.BOOL,
          o -> o.logging().appendStdout(),
          "write to standard output as well");

  static final Setting<Boolean> LOGGING_ENABLE_OTLP_TRACING =
      Setting.ignored(
          "logging.enable_otlp_tracing",
          ValueType.BOOL,
          o -> o.logging().enableOtlpTracing(),
          "traces are not exported yet");

  static final Setting<Optional<String>> LOGGING_OTLP_ENDPOINT =
      Setting.ignored(
          "logging.otlp_endpoint",
          ValueType.optional(ValueType.TEXT),
          o -> o.logging().otlpEndpoint(),
          "where traces go");

  static final Setting<Optional<LoggingOptions.OtlpProtocol>> LOGGING_OTLP_EXPORT_PROTOCOL =
      Setting.ignored(
          "logging.otlp_export_protocol",
          ValueType.optional(ValueType.lowerCase(LoggingOptions.OtlpProtocol.class)),
          o -> o.logging().otlpExportProtocol(),
          "grpc or http");

  static final Setting<Map<String, String>> LOGGING_OTLP_HEADERS =
      Setting.ignored(
          "logging.otlp_headers",
          ValueType.TABLE,
          o -> o.logging().otlpHeaders(),
          "headers traces carry, http only");

  static final Setting<Optional<Double>> LOGGING_TRACING_SAMPLE_RATIO_DEFAULT_RATIO =
      Setting.ignored(
          "logging.tracing_sample_ratio.default_ratio",
          ValueType.optional(ValueType.NUMBER),
          o -> o.logging().tracingSampleRatio().map(SampleRatio::defaultRatio),
          "which part of the requests is traced");

  static final Setting<List<LoggingOptions.Rule>> LOGGING_TRACING_SAMPLE_RATIO_RULES =
      Setting.ignored(
          "logging.tracing_sample_ratio.rules",
          Types.SAMPLE_RULES,
          o -> o.logging().tracingSampleRatio().map(SampleRatio::rules).orElse(List.of()),
          "exceptions from it");

  private LoggingSettings() {}

  static List<Setting<?>> all() {
    return List.of(
        LOGGING_DIR,
        LOGGING_LEVEL,
        LOGGING_LOG_FORMAT,
        LOGGING_MAX_LOG_FILES,
        LOGGING_APPEND_STDOUT,
        LOGGING_ENABLE_OTLP_TRACING,
        LOGGING_OTLP_ENDPOINT,
        LOGGING_OTLP_EXPORT_PROTOCOL,
        LOGGING_OTLP_HEADERS,
        LOGGING_TRACING_SAMPLE_RATIO_DEFAULT_RATIO,
        LOGGING_TRACING_SAMPLE_RATIO_RULES);
  }

  static LoggingOptions build(Values v) {
    return new LoggingOptions(
        v.get(LOGGING_DIR),
        v.get(LOGGING_LEVEL),
        v.get(LOGGING_LOG_FORMAT),
        v.get(LOGGING_MAX_LOG_FILES),
        v.get(LOGGING_APPEND_STDOUT),
        v.get(LOGGING_ENABLE_OTLP_TRACING),
        v.get(LOGGING_OTLP_ENDPOINT),
        v.get(LOGGING_OTLP_EXPORT_PROTOCOL),
        v.get(LOGGING_OTLP_HEADERS),
        sampleRatio(v));
  }

  private static Optional<SampleRatio> sampleRatio(Values v) {
    Optional<Double> ratio = v.get(LOGGING_TRACING_SAMPLE_RATIO_DEFAULT_RATIO);
    List<LoggingOptions.Rule> rules = v.get(LOGGING_TRACING_SAMPLE_RATIO_RULES);
    return ratio.isEmpty() && rules.isEmpty()
        ? Optional.empty()
        : Optional.of(new SampleRatio(ratio.orElse(1.0), rules));
  }
}
