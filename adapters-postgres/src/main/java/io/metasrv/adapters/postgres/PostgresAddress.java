package io.metasrv.adapters.postgres;

import io.metasrv.adapters.jdbc.DatabaseAddress;
import io.metasrv.application.options.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two forms of libpq (sheet 02 §7): {@code postgresql://user:password@host:port/database?…} and
 * {@code host=… port=… user=… password='…' dbname=…}. Errors never repeat the address.
 */
final class PostgresAddress {

  private static final int DEFAULT_PORT = 5432;

  /** A value is quoted, with backslashes before quotes and backslashes, or free of spaces. */
  private static final Pattern KEYWORD =
      Pattern.compile(
          "\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(?:'((?:[^'\\\\]|\\\\.)*)'|((?:[^\\s'\\\\]|\\\\.)*))(?=\\s|$)",
          Pattern.DOTALL);

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");

  private PostgresAddress() {}

  /**
   * @throws IllegalArgumentException if it is of neither form
   */
  static DatabaseAddress parse(String address) {
    // A password among the keywords may hold anything, another address included.
    return SCHEME.matcher(address).lookingAt()
        ? fromUrl(
            DatabaseAddress.parseUrl(address, List.of("postgresql", "postgres"), DEFAULT_PORT))
        : fromKeywords(keywords(address));
  }

  /** What the URL's own parts leave out may stand among its parameters. */
  private static DatabaseAddress fromUrl(DatabaseAddress url) {
    Map<String, String> more = url.parameters();
    String user = url.user().isEmpty() ? more.getOrDefault("user", "") : url.user();
    return new DatabaseAddress(
        url.host(),
        url.port(),
        user,
        url.password().isEmpty() ? new Secret(more.getOrDefault("password", "")) : url.password(),
        url.database().isEmpty() ? more.getOrDefault("dbname", user) : url.database(),
        withoutPassword(more));
  }

  private static DatabaseAddress fromKeywords(Map<String, String> words) {
    String user = words.getOrDefault("user", "");
    return new DatabaseAddress(
        words.getOrDefault("host", words.getOrDefault("hostaddr", "localhost")),
        DatabaseAddress.port(words.getOrDefault("port", String.valueOf(DEFAULT_PORT))),
        user,
        new Secret(words.getOrDefault("password", "")),
        words.getOrDefault("dbname", user),
        withoutPassword(words));
  }

  private static Map<String, String> withoutPassword(Map<String, String> words) {
    Map<String, String> rest = new TreeMap<>(words);
    rest.remove("password");
    return rest;
  }

  private static Map<String, String> keywords(String address) {
    Map<String, String> words = new TreeMap<>();
    Matcher matcher = KEYWORD.matcher(address);
    int end = 0;
    while (end < address.length() && matcher.find(end) && matcher.start() == end) {
      String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
      words.put(matcher.group(1).toLowerCase(Locale.ROOT), value.replaceAll("(?s)\\\\(.)", "$1"));
      end = matcher.end();
    }
    if (words.isEmpty() || !address.substring(end).isBlank()) {
      throw new IllegalArgumentException(
          "store_addrs: the address of postgres_store is neither"
              + " postgresql://user:password@host:port/database nor host=… port=… user=…"
              + " password='…' dbname=…");
    }
    return words;
  }
}
