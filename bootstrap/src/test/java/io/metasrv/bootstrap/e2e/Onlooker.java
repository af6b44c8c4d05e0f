package io.metasrv.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.LoggerFactory;

/** Reads everything this process logs, down to the last trace, and what it shows otherwise. */
final class Onlooker implements AutoCloseable {

  private final Logger root;
  private final Level before;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();

  Onlooker() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    before = root.getLevel();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern("%level %logger [%thread] %msg %kvp%n%ex");
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(log);
    appender.start();
    root.addAppender(appender);
    root.setLevel(Level.ALL);
  }

  /** Everything there is to see now. */
  List<String> sees() throws JMException {
    List<String> seen = new ArrayList<>();
    seen.add(log.toString(StandardCharsets.UTF_8));
    Thread.getAllStackTraces().keySet().forEach(thread -> seen.add(thread.getName()));
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    for (ObjectName name : beans.queryNames(null, null)) {
      seen.add(name.toString());
    }
    return seen;
  }

  /** Fails the test if any part of the password is among it. */
  void assertSeesNoSecret(String what) throws JMException {
    List<String> seen = sees();
    assertThat(seen.getFirst()).as("something was logged").isNotEmpty();
    assertNoSecret(what, String.join("\n", seen));
  }

  static void assertNoSecret(String what, String text) {
    for (String mark : AwkwardPasswords.MARKS) {
      int at = text.indexOf(mark);
      String around =
          at < 0 ? "" : text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 100));
      assertThat(around).as("%s shows a part of the password", what).isEmpty();
    }
  }

  @Override
  public void close() {
    root.detachAppender(appender);
    appender.stop();
    root.setLevel(before);
  }
}
