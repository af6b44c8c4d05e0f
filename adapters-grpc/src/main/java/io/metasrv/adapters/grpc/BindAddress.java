package io.metasrv.adapters.grpc;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Reads {@code grpc.bind_addr} and explains why it cannot be bound. */
final class BindAddress {

  private static final int MAX_PORT = 65_535;

  private BindAddress() {}

  /** Reads {@code host:port}, {@code [v6]:port}; a host of {@code 0.0.0.0} is every interface. */
  static InetSocketAddress parse(String text) throws IOException {
    int colon = text.lastIndexOf(':');
    int port = colon < 0 ? -1 : port(text.substring(colon + 1));
    if (port < 0) {
      throw new IOException(
          "grpc.bind_addr = \"" + text + "\" is no address; expected host:port, as 0.0.0.0:3002");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    InetSocketAddress address =
        host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new IOException(
          "grpc.bind_addr = \""
              + text
              + "\": no address is known for host \""
              + host
              + "\"; name one of this machine, or 0.0.0.0 for all");
    }
    return address;
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      return port <= MAX_PORT ? port : -1;
    } catch (NumberFormatException notANumber) {
      return -1;
    }
  }

  /** What to tell an operator when binding failed. */
  static IOException failure(String text, IOException cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new IOException(
        "could not listen for gRPC on "
            + text
            + ": "
            + root.getMessage()
            + "; stop the process that holds the port, or choose another address with"
            + " grpc.bind_addr (--grpc-bind-addr)",
        cause);
  }
}
