package io.metasrv.bootstrap.cli;

import io.metasrv.bootstrap.BuildProperties;
import io.metasrv.bootstrap.config.ConfigLoader;
import io.metasrv.bootstrap.config.ConfigSources;
import io.metasrv.bootstrap.config.EffectiveConfig;
import io.metasrv.bootstrap.logging.ProcessLog;
import io.metasrv.bootstrap.server.ServerProcess;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** One run of a server: configuration, log, start, wait for a signal, stop. */
final class ServerRun {

  private static final Logger LOG = LoggerFactory.getLogger(ServerRun.class);

  private ServerRun() {}

  /** What runs beside a server: started after it, closed before it. */
  @FunctionalInterface
  interface Companion {
    /** Nothing. */
    Companion NONE = (server, signal) -> () -> {};

    AutoCloseable start(ServerProcess server, StopSignal signal);
  }

  /** Returns after an orderly stop; throws if it does not come to that. */
  static void run(ConfigSources sources, CommandLine command, Companion companion) {
    EffectiveConfig config = ConfigLoader.load(sources);
    try (StopSignal signal = StopSignal.install();
        ProcessLog log =
            ProcessLog.open(
                config.options().logging(), config.options().dataHome(), sources.environment())) {
      announce(config);
      try {
        serve(config, log, signal, companion);
      } catch (Exception | LinkageError e) {
        // The whole of it goes to the log files; the terminal gets one line.
        LoggerFactory.getLogger(ProcessLog.FAILURES).error("Metasrv could not run", e);
        throw new ServerFailure(FailureText.of(e), e);
      }
    }
    command.getOut().flush();
  }

  private static void announce(EffectiveConfig config) {
    LOG.info("{}", BuildProperties.describe(BuildProperties.load()));
    LOG.info(
        "Effective configuration (* differs from the default):\n{}",
        String.join("\n", config.columns()));
    config.warnings().forEach(warning -> LOG.warn("Configuration: {}", warning));
  }

  private static void serve(
      EffectiveConfig config, ProcessLog log, StopSignal signal, Companion companion)
      throws Exception {
    ServerProcess server = ServerProcess.create(config, log);
    server.start();
    LOG.info("Serving {} ms after the process began", sinceStart());
    try (AutoCloseable beside = companion.start(server, signal)) {
      LOG.debug("Beside the server runs {}", beside);
      LOG.info("Received {}: stopping", signal.await());
    } finally {
      server.stop();
    }
  }

  private static long sinceStart() {
    return ProcessHandle.current()
        .info()
        .startInstant()
        .map(start -> Duration.between(start, Instant.now()).toMillis())
        .orElse(-1L);
  }

  /** Has been logged already; only its line is left to be shown. */
  static final class ServerFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ServerFailure(String line, Throwable cause) {
      super(line, cause);
    }
  }
}
