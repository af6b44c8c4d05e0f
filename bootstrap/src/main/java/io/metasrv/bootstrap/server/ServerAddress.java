package io.metasrv.bootstrap.server;

import io.metasrv.application.options.GrpcOptions;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The advertised {@code host:port}: what nodes connect to, what is published as leader, and the
 * identity of this metasrv.
 */
record ServerAddress(String text) {

  private static final Logger LOG = LoggerFactory.getLogger(ServerAddress.class);
  private static final int FALLBACK_PORT = 4001;

  /** Any address outside this network; nothing is sent to it. */
  private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("192.0.2.1", 9);

  /**
   * {@code grpc.server_addr}, or if that is empty the machine's primary address and the port of
   * {@code grpc.bind_addr} (sheet 09 §1 step 3). Unlike the reference's, a server bound to a
   * loopback address advertises that: nobody could reach it elsewhere.
   */
  static ServerAddress of(GrpcOptions options) {
    if (!options.serverAddr().isEmpty()) {
      return new ServerAddress(options.serverAddr());
    }
    String host = hostOf(options.bindAddr());
    String reachable = isLoopback(host) ? host : localHost();
    String detected = reachable + ":" + port(options.bindAddr());
    LOG.info("grpc.server_addr is empty; advertising {}", detected);
    return new ServerAddress(detected);
  }

  private static String hostOf(String bindAddr) {
    int colon = bindAddr.lastIndexOf(':');
    return colon < 0 ? bindAddr : bindAddr.substring(0, colon);
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]+){3}");
  }

  private static String port(String bindAddr) {
    String port = bindAddr.substring(bindAddr.lastIndexOf(':') + 1);
    return port.matches("[0-9]{1,5}") ? port : Integer.toString(FALLBACK_PORT);
  }

  private static String localHost() {
    return primary()
        .or(ServerAddress::firstOfInterfaces)
        .map(ServerAddress::bracketed)
        .orElse("127.0.0.1");
  }

  /** The source address the kernel would use for a packet that leaves this machine. */
  private static Optional<InetAddress> primary() {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(ELSEWHERE);
      return Optional.of(socket.getLocalAddress())
          .filter(address -> !address.isAnyLocalAddress() && !address.isLoopbackAddress());
    } catch (SocketException | RuntimeException e) {
      LOG.debug("No route leaves this machine", e);
      return Optional.empty();
    }
  }

  private static Optional<InetAddress> firstOfInterfaces() {
    try {
      return NetworkInterface.networkInterfaces()
          .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .min(Comparator.comparing(address -> address instanceof Inet6Address));
    } catch (SocketException e) {
      LOG.warn("Network interfaces cannot be listed; set grpc.server_addr", e);
      return Optional.empty();
    }
  }

  private static String bracketed(InetAddress address) {
    String text = address.getHostAddress();
    return address instanceof Inet6Address ? "[" + text.replaceFirst("%.*", "") + "]" : text;
  }
}
