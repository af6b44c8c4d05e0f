package io.metasrv.adapters.http;

import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.procedure.ErrorTexts;
import tools.jackson.databind.json.JsonMapper;

/** Errors as JSON with the code in a header (sheet 09 §2.2). */
final class StructuredErrors {

  private static final JsonMapper JSON = JsonMapper.shared();

  private StructuredErrors() {}

  static Response of(MetasrvException e) {
    return of(e, e.code().httpStatus());
  }

  static Response of(MetasrvException e, int httpStatus) {
    return of(
        e.code().number(),
        e.code().isMasked()
            ? "Internal error: " + e.code().number()
            : String.valueOf(e.getMessage()),
        httpStatus);
  }

  /** The same with the whole chain of causes and nothing masked: for routes of our own. */
  static Response unmasked(MetasrvException e, int httpStatus) {
    return of(e.code().number(), ErrorTexts.chain(e), httpStatus);
  }

  private static Response of(int code, String message, int httpStatus) {
    String json =
        JSON.createObjectNode()
            .put("code", code)
            .put("error", message)
            .put("execution_time_ms", 0)
            .toString();
    return Response.json(httpStatus, json)
        .with("x-greptime-err-code", Integer.toString(code))
        .with("x-greptime-err-msg", visibleAscii("error: " + message + ", execution_time_ms: 0"));
  }

  /** Header values must be visible ASCII: anything else is escaped as Rust would. */
  private static String visibleAscii(String text) {
    if (text.chars().allMatch(c -> c >= 0x20 && c <= 0x7e)) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\'', '"', '\\' -> out.append('\\').append((char) c);
                default -> {
                  if (c >= 0x20 && c <= 0x7e) {
                    out.append((char) c);
                  } else {
                    out.append("\\u{").append(Integer.toHexString(c)).append('}');
                  }
                }
              }
            });
    return out.toString();
  }
}
