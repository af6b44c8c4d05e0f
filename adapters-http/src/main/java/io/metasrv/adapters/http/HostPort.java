package io.metasrv.adapters.http;

import io.metasrv.domain.error.ServiceException;

/**
 * An address to listen on.
 *
 * @param host name or IP
 * @param port 0 to 65535
 */
record HostPort(String host, int port) {

  static HostPort parse(String address) {
    int colon = address.lastIndexOf(':');
    try {
      int port = Integer.parseInt(address.substring(colon + 1));
      if (colon > 0 && port >= 0 && port <= 65_535) {
        String host = address.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return new HostPort(bracketed ? host.substring(1, host.length() - 1) : host, port);
      }
    } catch (NumberFormatException e) {
      throw ServiceException.invalidArguments(expected(address) + " (" + e.getMessage() + ")");
    }
    throw ServiceException.invalidArguments(expected(address));
  }

  private static String expected(String address) {
    return "http.addr must be host:port, for instance 127.0.0.1:4000: \"" + address + "\"";
  }
}
