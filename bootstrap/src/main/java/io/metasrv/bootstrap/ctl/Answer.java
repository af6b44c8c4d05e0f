package io.metasrv.bootstrap.ctl;

import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server said.
 *
 * @param address the server's HTTP address
 * @param status HTTP status
 * @param body as it came
 */
record Answer(String address, int status, String body) {

  private static final int MAX_SHOWN = 2_000;

  boolean isOk() {
    return status >= 200 && status < 300;
  }

  /**
   * This, if it is a success.
   *
   * @param what was attempted
   * @param hint what to do, empty if there is nothing to say
   * @throws IOException with all of that, the server and its reason
   */
  Answer orFail(String what, String hint) throws IOException {
    if (isOk()) {
      return this;
    }
    throw new IOException(
        "%s failed: http://%s answered %d: %s%s"
            .formatted(what, address, status, reason(), hint.isEmpty() ? "" : "; " + hint));
  }

  /** The reason of a failure, out of its JSON where it is that. */
  private String reason() {
    String text = body;
    if (body.startsWith("{")) {
      try {
        text = JsonMapper.shared().readTree(body).path("error").asString(body);
      } catch (JacksonException notJson) {
        text = body;
      }
    }
    if (text.isBlank()) {
      return status == 404 || status == 405
          ? "it does not know this request; it may be another version, or not a metasrv"
          : "no reason given";
    }
    return text.length() <= MAX_SHOWN ? text.strip() : text.substring(0, MAX_SHOWN) + " …";
  }

  /**
   * The JSON of a success.
   *
   * @throws IOException if it is none: the server is something else
   */
  JsonNode json(String what) throws IOException {
    try {
      JsonNode json = JsonMapper.shared().readTree(body);
      if (json.isObject() || json.isArray()) {
        return json;
      }
    } catch (JacksonException e) {
      throw notJson(what, e);
    }
    throw notJson(what, null);
  }

  private IOException notJson(String what, @org.jspecify.annotations.Nullable Throwable cause) {
    return new IOException(
        "%s failed: http://%s answered something that is no JSON; is it the HTTP port of a metasrv?"
            .formatted(what, address),
        cause);
  }
}
