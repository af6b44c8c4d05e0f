package io.metasrv.testkit.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** What MySQL and MariaDB share: how to see that one is ready, and how to make the user. */
final class MySqlHandshake {

  /** Run at each start, so it has to bear repetition; one statement a line. */
  static final String SET_UP =
      String.join(
          "\n",
          "CREATE DATABASE IF NOT EXISTS `" + DatabaseServer.DATABASE + "`;",
          "CREATE USER IF NOT EXISTS '%s'@'%%' IDENTIFIED BY '%s';"
              .formatted(DatabaseServer.USER, DatabaseServer.PASSWORD),
          "GRANT ALL ON *.* TO '" + DatabaseServer.USER + "'@'%' WITH GRANT OPTION;",
          "");

  private static final int PROTOCOL_10 = 0x0a;
  private static final int HEADER_BYTES = 4;

  private MySqlHandshake() {}

  /** Whether the server greets a client, which it does once it lets users log in. */
  static boolean isGreeted(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(2000);
      byte[] header = socket.getInputStream().readNBytes(HEADER_BYTES + 1);
      return header.length == HEADER_BYTES + 1 && header[HEADER_BYTES] == PROTOCOL_10;
    }
  }
}
