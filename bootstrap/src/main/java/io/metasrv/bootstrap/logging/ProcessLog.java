package io.metasrv.bootstrap.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import io.metasrv.adapters.http.LogLevels;
import io.metasrv.application.options.LoggingOptions;
import io.metasrv.bootstrap.config.ConfigException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The log of this process: hourly files {@code greptimedb.<hour>} with everything and {@code
 * greptimedb-err.<hour>} with errors only, and standard output if wanted. Made once; the level may
 * change later. Thread-safe.
 */
public final class ProcessLog implements LogLevels, AutoCloseable {

  /**
   * Full reports of a failed start. They go to the files only: the terminal gets one line, from the
   * command line.
   */
  public static final String FAILURES = "io.metasrv.failure";

  private static final String TEXT =
      "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX\"} %5level %logger{36} [%thread]: %msg%replace("
          + " %kvp){'^\\s+$',''}%n%ex";

  private final LoggerContext context;
  private volatile LogDirectives directives;

  private ProcessLog(LoggerContext context, LogDirectives directives) {
    this.context = context;
    this.directives = directives;
  }

  /**
   * Sets the log up.
   *
   * @throws ConfigException if the level is none, or the directory cannot be written
   */
  public static ProcessLog open(
      LoggingOptions options, String dataHome, Map<String, String> environment) {
    LogDirectives directives = directives(options, environment);
    Path directory = options.dir().isEmpty() ? Path.of(dataHome, "logs") : Path.of(options.dir());
    createWritable(directory);
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    ProcessLog log = new ProcessLog(context, directives);
    log.attach(options, directory);
    log.apply(directives);
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    return log;
  }

  private static LogDirectives directives(LoggingOptions options, Map<String, String> environment) {
    try {
      return LogDirectives.resolve(options.level(), environment);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("logging.level: " + e.getMessage(), e);
    }
  }

  private static void createWritable(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new ConfigException(unusable(directory, reason(e)), e);
    }
    if (!Files.isWritable(directory)) {
      throw new ConfigException(unusable(directory, "permission denied"));
    }
  }

  private static String unusable(Path directory, String why) {
    return "log directory %s cannot be written: %s; set logging.dir or data_home"
        .formatted(directory, why);
  }

  private static String reason(IOException e) {
    return switch (e) {
      case FileAlreadyExistsException taken -> taken.getFile() + " is a file";
      case AccessDeniedException denied -> "permission denied on " + denied.getFile();
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> e.toString();
    };
  }

  private void attach(LoggingOptions options, Path directory) {
    List<Appender<ILoggingEvent>> files = new ArrayList<>();
    files.add(file(options, directory, "greptimedb"));
    Appender<ILoggingEvent> errors = file(options, directory, "greptimedb-err");
    ThresholdFilter onlyErrors = new ThresholdFilter();
    onlyErrors.setLevel(Level.ERROR.toString());
    onlyErrors.start();
    errors.addFilter(onlyErrors);
    files.add(errors);

    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Logger failures = context.getLogger(FAILURES);
    failures.setAdditive(false);
    failures.setLevel(Level.ERROR);
    for (Appender<ILoggingEvent> file : files) {
      root.addAppender(file);
      failures.addAppender(file);
    }
    if (options.appendStdout()) {
      ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
      console.setName("stdout");
      root.addAppender(started(console, options));
    }
  }

  private Appender<ILoggingEvent> file(LoggingOptions options, Path directory, String family) {
    RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
    file.setName(family);
    file.setContext(context);
    TimeBasedRollingPolicy<ILoggingEvent> policy = new TimeBasedRollingPolicy<>();
    policy.setContext(context);
    policy.setParent(file);
    // No fixed name: the file of the hour carries its name from the beginning, as in the reference.
    policy.setFileNamePattern(directory.resolve(family + ".%d{yyyy-MM-dd-HH}").toString());
    policy.setMaxHistory(options.maxLogFiles());
    policy.setCleanHistoryOnStart(true);
    file.setRollingPolicy(policy);
    policy.start();
    return started(file, options);
  }

  private Appender<ILoggingEvent> started(
      OutputStreamAppender<ILoggingEvent> appender, LoggingOptions options) {
    appender.setContext(context);
    appender.setEncoder(encoder(options.format()));
    appender.start();
    return appender;
  }

  private Encoder<ILoggingEvent> encoder(LoggingOptions.Format format) {
    return switch (format) {
      case TEXT -> {
        PatternLayoutEncoder text = new PatternLayoutEncoder();
        text.setContext(context);
        text.setPattern(TEXT);
        text.start();
        yield text;
      }
      case JSON -> {
        JsonEncoder json = new JsonEncoder();
        json.setContext(context);
        json.start();
        yield json;
      }
    };
  }

  @Override
  public String current() {
    return directives.text();
  }

  @Override
  public void change(String wanted) {
    LogDirectives changed = LogDirectives.parse(wanted);
    directives = changed;
    apply(changed);
  }

  private void apply(LogDirectives wanted) {
    for (Logger logger : context.getLoggerList()) {
      if (!isRoot(logger) && !logger.getName().equals(FAILURES)) {
        logger.setLevel(null);
      }
    }
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(wanted.global());
    wanted.levels().forEach((name, level) -> context.getLogger(name).setLevel(level));
  }

  private static boolean isRoot(Logger logger) {
    return logger.getName().equals(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  /** Writes out what is left and closes the files. */
  @Override
  public void close() {
    context.stop();
  }
}
