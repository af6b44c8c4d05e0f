package io.metasrv.application.options;

import java.util.List;
import java.util.Optional;

/**
 * Options of the reference that are read, shown and otherwise without effect here.
 *
 * @param enableTelemetry this system never reports to anybody
 * @param enableHeapProfiling {@code memory.enable_heap_profiling}; the JVM's own tools are used
 * @param tokioConsoleAddr {@code tracing.tokio_console_addr}
 * @param threadPools {@code [runtime]}
 * @param plugins plugin options, each as JSON text
 */
public record IgnoredOptions(
    boolean enableTelemetry,
    boolean enableHeapProfiling,
    Optional<String> tokioConsoleAddr,
    ThreadPoolOptions threadPools,
    List<String> plugins) {

  public IgnoredOptions {
    plugins = List.copyOf(plugins);
  }

  /** The reference's defaults for a machine with so many processors. */
  public static IgnoredOptions defaults(int processors) {
    return new IgnoredOptions(
        true, true, Optional.empty(), ThreadPoolOptions.defaults(processors), List.of());
  }
}
