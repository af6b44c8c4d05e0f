package io.metasrv.adapters.jdbc;

import io.metasrv.application.options.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a database is and who logs in: the first of {@code store_addrs}, taken apart. Errors never
 * repeat the address, because any part of a broken one may be the password.
 *
 * @param host name or IP address, without brackets
 * @param port TCP port
 * @param user empty if none was given
 * @param password possibly none
 * @param database empty if none was given
 * @param parameters the others, names in lower case
 */
public record DatabaseAddress(
    String host,
    int port,
    String user,
    Secret password,
    String database,
    Map<String, String> parameters) {

  private static final int HIGHEST_PORT = 65_535;

  public DatabaseAddress {
    parameters = Map.copyOf(parameters);
    if (host.isEmpty() || port <= 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "store_addrs: the address names no host, or no valid port");
    }
  }

  /** {@code host:port/database}: what may be shown. */
  public String endpoint() {
    return hostAndPort() + "/" + database;
  }

  /** {@code host:port}, with brackets around an IPv6 address. */
  public String hostAndPort() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /**
   * Takes {@code scheme://user:password@host:port/database?name=value&…} apart; user, password,
   * database and values may be percent-encoded, and have to be where they contain one of {@code
   * /?#@:} (sheet 02 §6.2).
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  public static DatabaseAddress parseUrl(String url, List<String> schemes, int defaultPort) {
    int schemeEnd = url.indexOf("://");
    if (schemeEnd < 0 || !schemes.contains(url.substring(0, schemeEnd))) {
      throw new IllegalArgumentException(
          "store_addrs: the address has to begin with %s:// followed by user:password@host:port/database"
              .formatted(String.join(":// or ", schemes)));
    }
    String rest = url.substring(schemeEnd + 3);
    int authorityEnd = firstOf(rest, "/?#");
    String authority = rest.substring(0, authorityEnd);
    String path = rest.substring(authorityEnd);
    if (path.contains("@") || path.contains("#")) {
      throw new IllegalArgumentException(
          "store_addrs: the address has a '@' or '#' after the host; percent-encode '/', '?', '#',"
              + " '@' and ':' in user and password (as %2F, %3F, %23, %40 and %3A)");
    }
    int question = path.indexOf('?');
    String database = question < 0 ? path : path.substring(0, question);
    int at = authority.lastIndexOf('@');
    Deque<String> userInfo = split(at < 0 ? "" : authority.substring(0, at));
    String hostAndPort = authority.substring(at + 1);
    int colon = hostAndPort.endsWith("]") ? -1 : hostAndPort.lastIndexOf(':');
    return new DatabaseAddress(
        (colon < 0 ? hostAndPort : hostAndPort.substring(0, colon)).replaceAll("[\\[\\]]", ""),
        colon < 0 ? defaultPort : port(hostAndPort.substring(colon + 1)),
        decode(userInfo.removeFirst()),
        new Secret(userInfo.isEmpty() ? "" : decode(userInfo.removeFirst())),
        decode(database.startsWith("/") ? database.substring(1) : database),
        parameters(question < 0 ? "" : path.substring(question + 1)));
  }

  private static int firstOf(String text, String characters) {
    for (int i = 0; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }

  /** At the first colon: a user name has none, a password may. */
  private static Deque<String> split(String userInfo) {
    Deque<String> parts = new ArrayDeque<>();
    int colon = userInfo.indexOf(':');
    parts.add(colon < 0 ? userInfo : userInfo.substring(0, colon));
    if (colon >= 0) {
      parts.add(userInfo.substring(colon + 1));
    }
    return parts;
  }

  /** The port of an address, without repeating what it is if it is none. */
  public static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "store_addrs: what follows the host's colon is no port; percent-encode '/', '?', '#', '@'"
              + " and ':' in user and password");
    }
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new TreeMap<>();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      if (equals > 0) {
        parameters.put(
            decode(parameter.substring(0, equals)).toLowerCase(java.util.Locale.ROOT),
            decode(parameter.substring(equals + 1)));
      }
    }
    return parameters;
  }

  /**
   * A plus sign stays one: this is no web form. A {@code %} that begins no encoded byte stays one,
   * too, as in the reference.
   */
  private static String decode(String encoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] text = encoded.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < text.length; i++) {
      int high = i + 2 < text.length ? Character.digit(text[i + 1], 16) : -1;
      int low = i + 2 < text.length ? Character.digit(text[i + 2], 16) : -1;
      boolean isEncoded = text[i] == '%' && high >= 0 && low >= 0;
      bytes.write(isEncoded ? (high << 4) | low : text[i]);
      i += isEncoded ? 2 : 0;
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
