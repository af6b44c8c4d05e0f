package io.metasrv.testkit.store;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.TcpProxy;
import io.metasrv.testkit.server.TcpProxy.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/** A store on an SQL server, which takes effect with the commit of its transactions. */
public final class DatabaseFaults implements StoreFaultFixture {

  /** The word alone: isolation levels end in it, too. */
  private static final Pattern COMMIT = Pattern.compile("\\bCOMMIT\\b");

  private final DatabaseServer server;
  private final TcpProxy proxy;
  private final Duration callTimeout;
  private final Client through;
  private final Client past;

  /** A store with its connections. */
  public record Client(KeyValueStore store, AutoCloseable connections) {}

  /** Connects by way of a port of the loopback interface. */
  @FunctionalInterface
  public interface Opener {
    Client open(int port, Duration callTimeout);
  }

  public DatabaseFaults(DatabaseServer server, Duration callTimeout, Opener opener) {
    this.server = server;
    this.callTimeout = callTimeout;
    this.proxy = TcpProxy.to(server.host(), server.port());
    this.past = opener.open(server.port(), Duration.ofSeconds(10));
    this.through = opener.open(proxy.port(), callTimeout);
  }

  @Override
  public KeyValueStore store() {
    return through.store();
  }

  @Override
  public KeyValueStore direct() {
    return past.store();
  }

  @Override
  public TcpProxy proxy() {
    return proxy;
  }

  @Override
  public void loseAnswersOfWrites() {
    proxy.intercept(data -> isCommit(data) ? Verdict.LOSE_ANSWERS : Verdict.PASS);
  }

  /** Whether these bytes on their way to a server ask for a commit, in whatever protocol. */
  public static boolean isCommit(byte[] data) {
    return COMMIT.matcher(new String(data, StandardCharsets.ISO_8859_1)).find();
  }

  @Override
  public void killServer() {
    server.kill();
  }

  @Override
  public void restartServer() {
    server.restart();
  }

  @Override
  public void pauseServer() {
    server.pause();
  }

  @Override
  public void resumeServer() {
    server.resume();
  }

  @Override
  public Duration callTimeout() {
    return callTimeout;
  }

  @Override
  public void close() throws Exception {
    through.connections().close();
    past.connections().close();
    proxy.close();
  }
}
