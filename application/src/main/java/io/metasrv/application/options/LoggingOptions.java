package io.metasrv.application.options;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code [logging]} (sheet 09 §7.5).
 *
 * @param dir directory of log files; empty for {@code <data_home>/logs}
 * @param level directives such as {@code info,io.metasrv=debug}; else {@code RUST_LOG}, else info
 * @param format of each line
 * @param maxLogFiles most files kept of each family
 * @param appendStdout write to standard output as well
 * @param enableOtlpTracing accepted; traces are not exported yet
 * @param otlpEndpoint where traces go
 * @param otlpExportProtocol how they go there
 * @param otlpHeaders headers they carry; http only
 * @param tracingSampleRatio which part is traced; all if absent
 */
public record LoggingOptions(
    String dir,
    Optional<String> level,
    Format format,
    int maxLogFiles,
    boolean appendStdout,
    boolean enableOtlpTracing,
    Optional<String> otlpEndpoint,
    Optional<OtlpProtocol> otlpExportProtocol,
    Map<String, String> otlpHeaders,
    Optional<SampleRatio> tracingSampleRatio) {

  /** Values of {@code logging.log_format}. */
  public enum Format {
    TEXT,
    JSON
  }

  /** Values of {@code logging.otlp_export_protocol}. */
  public enum OtlpProtocol {
    GRPC,
    HTTP
  }

  /**
   * Which part of the requests is traced.
   *
   * @param defaultRatio 0 to 1
   * @param rules exceptions, the first that matches counts
   */
  public record SampleRatio(double defaultRatio, List<Rule> rules) {
    public SampleRatio {
      rules = List.copyOf(rules);
    }
  }

  /**
   * An exception.
   *
   * @param protocol of the request
   * @param requestTypes of the request; empty for all
   * @param ratio 0 to 1
   */
  public record Rule(String protocol, List<String> requestTypes, double ratio) {
    public Rule {
      requestTypes = List.copyOf(requestTypes);
    }
  }

  public LoggingOptions {
    // Sorted, so that what is printed does not depend on a hash.
    otlpHeaders = Collections.unmodifiableMap(new TreeMap<>(otlpHeaders));
  }

  /** The reference's defaults. */
  public static LoggingOptions defaults() {
    return new LoggingOptions(
        "",
        Optional.empty(),
        Format.TEXT,
        720,
        true,
        false,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }
}
