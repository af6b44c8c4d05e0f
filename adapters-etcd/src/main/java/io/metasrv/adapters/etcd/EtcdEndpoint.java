package io.metasrv.adapters.etcd;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/**
 * One address of etcd, as {@code store_addrs} gives it: {@code host:port}, with or without {@code
 * http://} or {@code https://} (sheet 02 §5).
 *
 * @param host name or address; IPv6 without brackets
 * @param port TCP port
 * @param https whether the address asks for TLS
 */
record EtcdEndpoint(String host, int port, boolean https) {

  private static final int DEFAULT_PORT = 2379;

  /**
   * Reads all addresses; blanks around them and empty ones are dropped.
   *
   * @throws IllegalArgumentException if none is left or one cannot be read
   */
  static List<EtcdEndpoint> parseAll(List<String> addresses) {
    List<EtcdEndpoint> endpoints =
        addresses.stream()
            .map(String::strip)
            .filter(address -> !address.isEmpty())
            .map(EtcdEndpoint::parse)
            .distinct()
            .toList();
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException(
          "store_addrs names no etcd endpoint; expected host:port, for example 127.0.0.1:2379");
    }
    return endpoints;
  }

  private static EtcdEndpoint parse(String address) {
    String withScheme = address.contains("://") ? address : "http://" + address;
    try {
      URI uri = new URI(withScheme);
      boolean https = "https".equalsIgnoreCase(uri.getScheme());
      String host = uri.getHost();
      if (host == null || !(https || "http".equalsIgnoreCase(uri.getScheme()))) {
        throw unreadable(address);
      }
      return new EtcdEndpoint(
          withoutBrackets(host), uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort(), https);
    } catch (URISyntaxException e) {
      // Without the cause: its message repeats the address, which may hold a password.
      throw unreadable(address);
    }
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static IllegalArgumentException unreadable(String address) {
    int at = address.lastIndexOf('@');
    String shown = at < 0 ? address : "******" + address.substring(at);
    return new IllegalArgumentException(
        "store_addrs holds '%s', which is no etcd endpoint; expected host:port, http://host:port or https://host:port"
            .formatted(shown));
  }

  /** {@code host:port}, as it stands in URLs and errors. */
  String authority() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
