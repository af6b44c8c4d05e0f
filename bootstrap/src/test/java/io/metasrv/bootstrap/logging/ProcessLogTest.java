package io.metasrv.bootstrap.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.metasrv.application.options.LoggingOptions;
import io.metasrv.bootstrap.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class ProcessLogTest {

  @TempDir Path directory;

  private LoggingOptions options(LoggingOptions.Format format, Optional<String> level) {
    return new LoggingOptions(
        directory.resolve("logs").toString(),
        level,
        format,
        720,
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }

  private ProcessLog open(LoggingOptions.Format format, String level) {
    return ProcessLog.open(options(format, Optional.of(level)), directory.toString(), Map.of());
  }

  private String read(String family) throws IOException {
    StringBuilder all = new StringBuilder();
    try (var files = Files.newDirectoryStream(directory.resolve("logs"), family + ".*")) {
      for (Path file : files) {
        assertThat(file.getFileName().toString())
            .matches(family + "\\.\\d{4}-\\d\\d-\\d\\d-\\d\\d");
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  @Test
  void everythingGoesToOneFamilyOfHourlyFilesAndErrorsToASecond() throws IOException {
    try (ProcessLog log = open(LoggingOptions.Format.TEXT, "info")) {
      assertThat(log.current()).isEqualTo("info");
      org.slf4j.Logger logger = LoggerFactory.getLogger("a.b");
      logger.debug("quiet");
      logger.atInfo().addKeyValue("region", 7).log("fine");
      logger.error("broken", new IllegalStateException("why"));
    }
    assertThat(read("greptimedb"))
        .contains("fine region=\"7\"")
        .contains("broken")
        .doesNotContain("quiet");
    assertThat(read("greptimedb-err"))
        .contains("broken")
        .contains("IllegalStateException: why")
        .doesNotContain("fine");
  }

  @Test
  void linesMayBeJson() throws IOException {
    try (ProcessLog log = open(LoggingOptions.Format.JSON, "info")) {
      LoggerFactory.getLogger("a.b").info("a \"quoted\" word with {}", log.current());
    }
    assertThat(read("greptimedb")).startsWith("{").contains("a \\\"quoted\\\" word");
  }

  @Test
  void whatJavaUtilLoggingSaysIsInTheSameFiles() throws IOException {
    ProcessLog log = open(LoggingOptions.Format.TEXT, "info");
    java.util.logging.Logger.getLogger("some.library").warning("from a library");
    log.close();
    assertThat(read("greptimedb")).contains("from a library");
  }

  @Test
  @DisplayName("sheet 09 case 31: levels change while the process runs")
  void levelsChangeAtOnce() {
    try (ProcessLog log = open(LoggingOptions.Format.TEXT, "info,a.b=debug")) {
      Logger named = (Logger) LoggerFactory.getLogger("a.b");
      Logger other = (Logger) LoggerFactory.getLogger("c.d");
      assertThat(named.getEffectiveLevel()).isEqualTo(Level.DEBUG);
      assertThat(other.getEffectiveLevel()).isEqualTo(Level.INFO);
      log.change("warn");
      assertThat(log.current()).isEqualTo("warn");
      assertThat(named.getEffectiveLevel()).isEqualTo(Level.WARN);
      log.change("trace");
      assertThat(other.getEffectiveLevel()).isEqualTo(Level.TRACE);
      assertThatThrownBy(() -> log.change("nonsense=??"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(log.current()).isEqualTo("trace");
    }
  }

  @Test
  void theOptionBeatsTheVariableWhichBeatsInfo() {
    Map<String, String> environment = Map.of("RUST_LOG", "debug,mito2::engine=trace");
    assertThat(LogDirectives.resolve(Optional.of("warn"), environment).global())
        .isEqualTo(Level.WARN);
    assertThat(LogDirectives.resolve(Optional.empty(), environment).global())
        .isEqualTo(Level.DEBUG);
    assertThat(LogDirectives.resolve(Optional.empty(), Map.of()).global()).isEqualTo(Level.INFO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "loud", "info,", "a b=info", "a=", "=info"})
  void whatIsNoLevelIsRefused(String text) {
    assertThatThrownBy(() -> LogDirectives.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }

  @Test
  void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
    Files.writeString(directory.resolve("logs"), "a file");
    assertThatThrownBy(() -> open(LoggingOptions.Format.TEXT, "info"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(directory.resolve("logs").toString());
  }
}
