package io.metasrv.testkit.server;

import io.metasrv.testkit.server.TcpProxy.Direction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection through a {@link TcpProxy}: two sockets and a virtual thread for each direction.
 */
final class ProxiedConnection {

  private static final Logger LOG = LoggerFactory.getLogger(ProxiedConnection.class);
  private static final int BUFFER_BYTES = 64 * 1024;

  private final TcpProxy proxy;
  private final Socket client;
  private final Socket server;
  private volatile boolean lostBytes;
  private volatile boolean silent;
  private volatile boolean answersLost;

  ProxiedConnection(TcpProxy proxy, Socket client, Socket server) {
    this.proxy = proxy;
    this.client = client;
    this.server = server;
  }

  void start() {
    Thread.ofVirtual().start(() -> pump(Direction.REQUESTS, client, server));
    Thread.ofVirtual().start(() -> pump(Direction.RESPONSES, server, client));
  }

  boolean hasLostBytes() {
    return lostBytes;
  }

  /** Loses whatever comes from now on, in both directions. */
  void silence() {
    silent = true;
  }

  boolean isClosed() {
    return client.isClosed() || server.isClosed();
  }

  void reset() {
    reset(client);
    reset(server);
  }

  /** Closes so that the peer sees a reset, not an orderly end. */
  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException alreadyClosed) {
      return;
    }
    close(socket);
  }

  private void pump(Direction direction, Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        pass(direction, out, buffer, count);
      }
      close(client);
      close(server);
    } catch (IOException broken) {
      reset();
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
      reset();
    }
  }

  private void pass(Direction direction, OutputStream out, byte[] buffer, int count)
      throws IOException, InterruptedException {
    Duration delay = proxy.state().delay();
    if (delay.isPositive()) {
      Thread.sleep(delay);
    }
    if (silent) {
      return;
    }
    if (proxy.state().lost().contains(direction)) {
      lostBytes = true;
      if (!silent && !proxy.state().lost().contains(direction)) {
        // Restored meanwhile, perhaps before it could be seen that bytes were lost here.
        reset();
      }
    } else if (direction == Direction.REQUESTS) {
      forward(out, Arrays.copyOf(buffer, count));
    } else if (answersLost) {
      lostBytes = true;
    } else {
      out.write(buffer, 0, count);
      out.flush();
    }
  }

  private void forward(OutputStream out, byte[] data) throws IOException {
    TcpProxy.Verdict verdict = proxy.watchOf(this).on(data);
    answersLost |= verdict == TcpProxy.Verdict.LOSE_ANSWERS;
    if (verdict == TcpProxy.Verdict.CUT_BEFORE) {
      reset();
      return;
    }
    out.write(data);
    out.flush();
    if (verdict == TcpProxy.Verdict.CUT_AFTER) {
      // In order towards the server, so that it gets what was sent; a reset could overtake it.
      reset(client);
      close(server);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("a proxied socket could not be closed; nobody waits for it", e);
    }
  }
}
