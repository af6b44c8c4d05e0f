package io.metasrv.adapters.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A response.
 *
 * @param status HTTP status
 * @param headers to send, names in lower case
 * @param body the bytes; empty for none
 */
public record Response(int status, Map<String, String> headers, byte[] body) {

  private static final String TYPE = "content-type";
  static final String PLAIN = "text/plain; charset=utf-8";
  static final String JSON = "application/json";

  /** Only a status. */
  public static Response empty(int status) {
    return new Response(status, Map.of(), new byte[0]);
  }

  /** Plain text. */
  public static Response text(int status, String text) {
    return of(status, PLAIN, text);
  }

  /** JSON. */
  public static Response json(int status, String json) {
    return of(status, JSON, json);
  }

  /** Any content type. */
  public static Response of(int status, String contentType, String text) {
    return new Response(status, Map.of(TYPE, contentType), text.getBytes(StandardCharsets.UTF_8));
  }

  /** Text without a content type, as the reference sends in places. */
  public static Response untyped(String text) {
    return new Response(200, Map.of(), text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same with one more header. */
  public Response with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, more, body);
  }

  /** The body as UTF-8. */
  public String bodyText() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
