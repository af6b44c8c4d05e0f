package io.metasrv.adapters.http;

import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.Metrics.MetricDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Series of the process (sheet 09 §9.3), read from {@code /proc} before each scrape. What the
 * machine does not tell is left out. Not every number of the reference has a meaning here: its
 * allocator's and thread pools' do not exist.
 */
public final class ProcessMetrics {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessMetrics.class);
  private static final String APP = "greptime-metasrv";
  private static final Path SELF = Path.of("/proc/self");

  private static final MetricDefinition VERSION =
      MetricDefinition.of("greptime_app_version", "app version", "version", "short_version", "app");
  private static final MetricDefinition CPU_LIMIT =
      MetricDefinition.of("greptime_cpu_limit_in_millicores", "cpu limit in millicores", "app");
  private static final MetricDefinition MEMORY_LIMIT =
      MetricDefinition.of("greptime_memory_limit_in_bytes", "memory limit in bytes", "app");

  private final Metrics metrics;
  private final Path cgroup;
  private final AtomicLong cpuSeen = new AtomicLong(Double.doubleToLongBits(0));

  private ProcessMetrics(Metrics metrics, Path cgroup) {
    this.metrics = metrics;
    this.cgroup = cgroup;
  }

  /** Adds the series to the registry. */
  public static void register(PrometheusMetrics metrics, BuildInfo build, int processors) {
    ProcessMetrics process = new ProcessMetrics(metrics, Path.of("/sys/fs/cgroup"));
    metrics.gauge(VERSION, build.version(), build.version(), APP).set(1);
    process.limits(processors);
    metrics.beforeScrape(process::refresh);
  }

  private void limits(int processors) {
    metrics.gauge(CPU_LIMIT, APP).set(cpuMillicores().orElse(processors * 1000.0));
    number(cgroup.resolve("memory.max")).ifPresent(v -> metrics.gauge(MEMORY_LIMIT, APP).set(v));
  }

  /** {@code cpu.max} holds quota and period in microseconds, or "max". */
  private OptionalDouble cpuMillicores() {
    String[] quota = read(cgroup.resolve("cpu.max")).orElse("").split(" ", -1);
    return quota.length == 2 && !quota[0].equals("max")
        ? OptionalDouble.of(1000 * Double.parseDouble(quota[0]) / Double.parseDouble(quota[1]))
        : OptionalDouble.empty();
  }

  private void refresh() {
    ProcessHandle.Info info = ProcessHandle.current().info();
    info.totalCpuDuration().ifPresent(cpu -> cpuSeconds(cpu.toNanos() / 1e9));
    info.startInstant().map(Instant::toEpochMilli).ifPresent(this::startTime);
    status("VmRSS:")
        .ifPresent(kib -> set("process_resident_memory_bytes", "Resident memory size", kib * 1024));
    status("VmSize:")
        .ifPresent(kib -> set("process_virtual_memory_bytes", "Virtual memory size", kib * 1024));
    status("Threads:").ifPresent(n -> set("process_threads", "Number of OS threads", n));
    openFiles().ifPresent(n -> set("process_open_fds", "Number of open file descriptors", n));
    maxFiles().ifPresent(n -> set("process_max_fds", "Maximum number of file descriptors", n));
    number(cgroup.resolve("memory.current"))
        .ifPresent(v -> set("greptime_cgroups_memory_usage_bytes", "cgroup memory usage", v));
    cgroupCpu()
        .ifPresent(v -> set("greptime_cgroups_cpu_usage_microseconds", "cgroup cpu usage", v));
    Runtime jvm = Runtime.getRuntime();
    set("metasrv_heap_used_bytes", "Used Java heap", jvm.totalMemory() - jvm.freeMemory());
    set("metasrv_heap_max_bytes", "Largest Java heap allowed", jvm.maxMemory());
  }

  /** A counter, so the difference to the last scrape is added. */
  private void cpuSeconds(double total) {
    double before = Double.longBitsToDouble(cpuSeen.getAndSet(Double.doubleToLongBits(total)));
    metrics
        .counter(
            MetricDefinition.of(
                "process_cpu_seconds_total", "Total user and system CPU time spent in seconds"))
        .increment(Math.max(0, total - before));
  }

  private void startTime(long epochMillis) {
    set(
        "process_start_time_seconds",
        "Start time of the process since unix epoch in seconds",
        epochMillis / 1000.0);
  }

  private void set(String name, String help, double value) {
    metrics.gauge(MetricDefinition.of(name, help)).set(value);
  }

  private Optional<Double> status(String field) {
    return read(SELF.resolve("status"))
        .flatMap(text -> text.lines().filter(line -> line.startsWith(field)).findFirst())
        .map(line -> Double.parseDouble(line.substring(field.length()).replace("kB", "").strip()));
  }

  private static Optional<Double> openFiles() {
    try (Stream<Path> files = Files.list(SELF.resolve("fd"))) {
      return Optional.of((double) files.count());
    } catch (IOException e) {
      LOG.debug("Open files cannot be counted", e);
      return Optional.empty();
    }
  }

  private static Optional<Double> maxFiles() {
    return read(SELF.resolve("limits"))
        .flatMap(text -> text.lines().filter(l -> l.startsWith("Max open files")).findFirst())
        .map(line -> line.split("\\s+", -1)[3])
        .filter(limit -> !limit.equals("unlimited"))
        .map(Double::parseDouble);
  }

  private Optional<Double> cgroupCpu() {
    return read(cgroup.resolve("cpu.stat"))
        .flatMap(text -> text.lines().filter(l -> l.startsWith("usage_usec ")).findFirst())
        .map(line -> Double.parseDouble(line.substring("usage_usec ".length()).strip()));
  }

  private static Optional<Double> number(Path file) {
    return read(file).filter(text -> !text.equals("max")).map(Double::parseDouble);
  }

  private static Optional<String> read(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (IOException e) {
      LOG.debug("{} cannot be read", file, e);
      return Optional.empty();
    }
  }
}
