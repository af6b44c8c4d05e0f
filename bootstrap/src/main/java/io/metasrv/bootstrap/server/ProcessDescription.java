package io.metasrv.bootstrap.server;

import io.metasrv.adapters.http.BuildInfo;
import io.metasrv.application.metasrv.SelfDescription;
import io.metasrv.application.port.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process says of itself, measured when asked. CPU use is the mean since the last time
 * somebody asked. Thread-safe.
 */
final class ProcessDescription implements SelfDescription {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessDescription.class);
  private static final Path STATUS = Path.of("/proc/self/status");

  private final String address;
  private final BuildInfo build;
  private final long startTimeMillis;
  private final AtomicReference<CpuReading> last = new AtomicReference<>(CpuReading.now());

  private record CpuReading(long wallNanos, long cpuNanos) {
    static CpuReading now() {
      Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
      return new CpuReading(System.nanoTime(), cpu.toNanos());
    }
  }

  ProcessDescription(String address, BuildInfo build) {
    this.address = address;
    this.build = build;
    this.startTimeMillis =
        ProcessHandle.current().info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  @Override
  public Candidate describe() {
    Runtime jvm = Runtime.getRuntime();
    return new Candidate(
        address,
        build.version(),
        build.commit(),
        startTimeMillis,
        jvm.availableProcessors() * 1000L,
        jvm.maxMemory(),
        cpuMillicores(),
        residentBytes(),
        build.hostname());
  }

  private long cpuMillicores() {
    CpuReading now = CpuReading.now();
    CpuReading before = last.getAndSet(now);
    long wall = now.wallNanos() - before.wallNanos();
    return wall <= 0 ? 0 : Math.max(0, (now.cpuNanos() - before.cpuNanos()) * 1000 / wall);
  }

  private static long residentBytes() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> line.replaceAll("[^0-9]", ""))
          .mapToLong(Long::parseLong)
          .map(kib -> kib * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException | NumberFormatException e) {
      LOG.debug("Memory use is unknown", e);
      return 0;
    }
  }
}
