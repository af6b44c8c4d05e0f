package io.metasrv.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.testkit.server.TcpProxy.Direction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The proxy loses, delays and cuts as it says, seen with an echo server behind it. */
@Timeout(30)
final class TcpProxyTest {

  private ServerSocket echo;
  private TcpProxy proxy;

  TcpProxyTest() throws IOException {
    echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    proxy = TcpProxy.to("127.0.0.1", echo.getLocalPort());
  }

  @BeforeEach
  void serve() {
    Thread.ofVirtual().start(this::serveAll);
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    echo.close();
  }

  private void serveAll() {
    while (!echo.isClosed()) {
      try {
        Socket client = echo.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void serve(Socket client) {
    try (client) {
      client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException broken) {
      assertThat(client.isClosed()).isTrue();
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(5_000);
    return socket;
  }

  private static void send(Socket socket, int value) throws IOException {
    socket.getOutputStream().write(value);
    socket.getOutputStream().flush();
  }

  private static int echoOf(Socket socket, int value) throws IOException {
    send(socket, value);
    return socket.getInputStream().read();
  }

  @Test
  void bytesGoThroughUnchanged() throws IOException {
    try (Socket socket = connect()) {
      assertThat(echoOf(socket, 7)).isEqualTo(7);
      assertThat(echoOf(socket, 200)).isEqualTo(200);
    }
  }

  @Test
  void aCutResetsConnectionsAndRefusesNewOnesUntilRestored() throws IOException {
    try (Socket socket = connect()) {
      assertThat(echoOf(socket, 1)).isEqualTo(1);

      proxy.cut();

      assertThatExceptionOfType(IOException.class).isThrownBy(() -> socket.getInputStream().read());
      assertThatExceptionOfType(IOException.class).isThrownBy(this::connect);
    }
    proxy.restore();
    try (Socket again = connect()) {
      assertThat(echoOf(again, 2)).isEqualTo(2);
    }
  }

  @Test
  void swallowedResponsesLeaveTheClientWaitingAndTheConnectionIsResetWhenRestored()
      throws IOException {
    try (Socket socket = connect()) {
      assertThat(echoOf(socket, 1)).isEqualTo(1);
      proxy.swallow(Direction.RESPONSES);
      socket.setSoTimeout(100);

      assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> echoOf(socket, 2));

      socket.setSoTimeout(5_000);
      proxy.restore();
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> socket.getInputStream().read());
    }
  }

  @Test
  void aDelayHoldsBothDirectionsBack() throws IOException {
    try (Socket socket = connect()) {
      proxy.delay(Duration.ofMillis(100));
      long start = System.nanoTime();

      assertThat(echoOf(socket, 3)).isEqualTo(3);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(190));
    }
  }

  @Test
  void aClientIsResetIfTheServerIsDown() throws IOException {
    echo.close();

    try (Socket socket = connect()) {
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> socket.getInputStream().read());
    }
  }
}
