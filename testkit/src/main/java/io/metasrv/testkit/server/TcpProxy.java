package io.metasrv.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server and misbehaves as a network does. Connections come and go
 * through it unchanged until one of {@link #cut()}, {@link #swallow}, {@link #delay} is called;
 * {@link #restore()} makes it a good network again. Listens on the loopback interface; its port
 * stays the same over a cut. Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {

  /** Which way bytes go. */
  public enum Direction {
    /** From the client to the server. */
    REQUESTS,
    /** From the server to the client. */
    RESPONSES
  }

  /** What becomes of a piece of data on its way to the server. */
  public enum Verdict {
    /** It goes on. */
    PASS,
    /** It goes on; whatever the server says from now on over this connection is lost. */
    LOSE_ANSWERS,
    /** The connection is reset, and the server never sees the data. */
    CUT_BEFORE,
    /** The server gets the data, then the connection is reset. */
    CUT_AFTER
  }

  /** Decides about each piece of data on its way to the server. Called on any thread. */
  @FunctionalInterface
  public interface RequestWatch {
    Verdict on(byte[] data);
  }

  private static final RequestWatch PASS_ALL = data -> Verdict.PASS;

  private final InetSocketAddress server;
  private final List<ProxiedConnection> connections = new CopyOnWriteArrayList<>();
  private final int port;
  private volatile NetworkState state = NetworkState.GOOD;
  private volatile Watches watches = new Watches(() -> PASS_ALL, new ConcurrentHashMap<>());
  private volatile @Nullable ServerSocket listener;
  private volatile @Nullable Thread acceptor;

  private TcpProxy(InetSocketAddress server) throws IOException {
    this.server = server;
    ServerSocket first = bind(0);
    this.port = first.getLocalPort();
    listen(first);
  }

  /** A proxy in front of the server, ready for connections. */
  public static TcpProxy to(String host, int port) {
    try {
      return new TcpProxy(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a proxy to " + host + ":" + port, e);
    }
  }

  /** What a client connects to instead of the server: {@code 127.0.0.1:PORT}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** The port a client connects to instead of the server's. */
  public int port() {
    return port;
  }

  /** Resets every connection and refuses new ones. */
  public void cut() {
    ServerSocket open = listener;
    listener = null;
    close(open);
    awaitEnd(acceptor);
    cutConnections();
  }

  /** Resets every connection; new ones are served. */
  public void cutConnections() {
    connections.forEach(ProxiedConnection::reset);
    connections.clear();
  }

  /**
   * Takes bytes of the given directions and loses them: connections look open and stay silent. New
   * connections are accepted and stay silent, too.
   */
  public void swallow(Direction... lost) {
    state = state.losing(List.of(lost));
  }

  /** Holds every piece of data back for this long in each direction. */
  public void delay(Duration delay) {
    state = state.delayedBy(delay);
  }

  /** Lets somebody decide about each piece of data on its way to the server. */
  public void intercept(RequestWatch newWatch) {
    interceptEach(() -> newWatch);
  }

  /**
   * The same with a watch for each connection alone, open now or later, so that it can count what
   * is said on it.
   */
  public void interceptEach(Supplier<RequestWatch> newWatch) {
    watches = new Watches(newWatch, new ConcurrentHashMap<>());
  }

  RequestWatch watchOf(ProxiedConnection connection) {
    Watches current = watches;
    return current.made().computeIfAbsent(connection, any -> current.maker().get());
  }

  private record Watches(
      Supplier<RequestWatch> maker, ConcurrentMap<ProxiedConnection, RequestWatch> made) {}

  /**
   * Serves as at the start. A connection that lost bytes is reset, because no stream can go on with
   * a hole in it.
   */
  public void restore() {
    state = NetworkState.GOOD;
    intercept(PASS_ALL);
    connections.stream().filter(ProxiedConnection::hasLostBytes).forEach(ProxiedConnection::reset);
    if (listener == null) {
      try {
        listen(bind(port));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot listen on port " + port + " again", e);
      }
    }
  }

  /**
   * Serves connections that come from now on as at the start. Those that are open and have lost
   * bytes stay open and silent, as behind a load balancer that lost track of them.
   */
  public void serveNewConnections() {
    connections.stream()
        .filter(ProxiedConnection::hasLostBytes)
        .forEach(ProxiedConnection::silence);
    state = NetworkState.GOOD;
  }

  /** Connections that are open now. */
  public int openConnections() {
    connections.removeIf(ProxiedConnection::isClosed);
    return connections.size();
  }

  @Override
  public void close() {
    cut();
  }

  NetworkState state() {
    return state;
  }

  private static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
    return socket;
  }

  private void listen(ServerSocket socket) {
    listener = socket;
    acceptor = Thread.ofVirtual().name("proxy-accept-" + port).start(() -> acceptAll(socket));
  }

  /**
   * The port is closed for clients when the one who waits for them has noticed; until then the
   * system goes on accepting.
   */
  private static void awaitEnd(@Nullable Thread ending) {
    boolean interrupted = false;
    while (ending != null && ending.isAlive()) {
      try {
        ending.join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void acceptAll(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        connect(client);
      } catch (IOException closed) {
        // The listener was closed by cut(), or the server is down and the client has been reset.
        continue;
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket upstream = new Socket();
    try {
      upstream.connect(server);
    } catch (IOException serverDown) {
      ProxiedConnection.reset(client);
      throw serverDown;
    }
    ProxiedConnection connection = new ProxiedConnection(this, client, upstream);
    connections.add(connection);
    connection.start();
  }

  private static void close(@Nullable ServerSocket socket) {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** How the network behaves at the moment. */
  record NetworkState(List<Direction> lost, Duration delay) {
    static final NetworkState GOOD = new NetworkState(List.of(), Duration.ZERO);

    NetworkState losing(List<Direction> directions) {
      return new NetworkState(directions, delay);
    }

    NetworkState delayedBy(Duration duration) {
      return new NetworkState(lost, duration);
    }
  }
}
