package io.metasrv.adapters.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request, read as a whole.
 *
 * @param method in upper case
 * @param path as it was sent, without the query
 * @param query without the question mark; empty if there is none
 * @param headers first value of each, names in lower case
 * @param body the bytes
 */
public record Request(
    String method, String path, String query, Map<String, String> headers, byte[] body) {

  /** A request without headers or body. */
  public static Request of(String method, String pathAndQuery) {
    int question = pathAndQuery.indexOf('?');
    return question < 0
        ? new Request(method, pathAndQuery, "", Map.of(), new byte[0])
        : new Request(
            method,
            pathAndQuery.substring(0, question),
            pathAndQuery.substring(question + 1),
            Map.of(),
            new byte[0]);
  }

  /** The same with a body. */
  public Request withBody(String contentType, String text) {
    Map<String, String> more = new HashMap<>(headers);
    if (!contentType.isEmpty()) {
      more.put("content-type", contentType);
    }
    return new Request(method, path, query, more, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same with one more header. */
  public Request withHeader(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name.toLowerCase(Locale.ROOT), value);
    return new Request(method, path, query, more, body);
  }

  /** A header, by its name in lower case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /**
   * A query parameter, form-url-decoded; of several with that name the last.
   *
   * @throws IllegalArgumentException if it is not properly escaped
   */
  public Optional<String> parameter(String name) {
    Optional<String> found = Optional.empty();
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      String key = equals < 0 ? part : part.substring(0, equals);
      if (decode(key).equals(name)) {
        found = Optional.of(equals < 0 ? "" : decode(part.substring(equals + 1)));
      }
    }
    return found;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** The body as UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
