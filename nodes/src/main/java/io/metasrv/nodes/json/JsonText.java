package io.metasrv.nodes.json;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Writes JSON text as serde_json does: no white space, members in the order written, control
 * characters as lower-case escapes, 64-bit numbers unsigned. Not thread-safe.
 */
public final class JsonText {

  private final StringBuilder text = new StringBuilder();
  private boolean first = true;

  public JsonText startObject() {
    return open('{');
  }

  public JsonText endObject() {
    return close('}');
  }

  public JsonText startArray() {
    return open('[');
  }

  public JsonText endArray() {
    return close(']');
  }

  /** The name of the member whose value is written next. */
  public JsonText name(String name) {
    separate();
    quote(name);
    text.append(':');
    first = true;
    return this;
  }

  public JsonText string(String value) {
    separate();
    quote(value);
    return this;
  }

  /** An unsigned 64-bit number. */
  public JsonText unsigned(long value) {
    return raw(Long.toUnsignedString(value));
  }

  public JsonText bool(boolean value) {
    return raw(value ? "true" : "false");
  }

  public JsonText nothing() {
    return raw("null");
  }

  /** Text that already is one JSON value. */
  public JsonText raw(String json) {
    separate();
    text.append(json);
    return this;
  }

  /** The string, or {@code null} where there is none. */
  public JsonText stringOrNull(Optional<String> value) {
    return value.map(this::string).orElseGet(this::nothing);
  }

  /** The unsigned number, or {@code null} where there is none. */
  public JsonText unsignedOrNull(OptionalLong value) {
    return value.isPresent() ? unsigned(value.getAsLong()) : nothing();
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private JsonText open(char bracket) {
    separate();
    text.append(bracket);
    first = true;
    return this;
  }

  private JsonText close(char bracket) {
    text.append(bracket);
    first = false;
    return this;
  }

  private void separate() {
    if (!first) {
      text.append(',');
    }
    first = false;
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      escape(value.charAt(i));
    }
    text.append('"');
  }

  private void escape(char c) {
    switch (c) {
      case '"' -> text.append("\\\"");
      case '\\' -> text.append("\\\\");
      case '\b' -> text.append("\\b");
      case '\f' -> text.append("\\f");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      default -> {
        if (c < 0x20) {
          text.append(String.format("\\u%04x", (int) c));
        } else {
          text.append(c);
        }
      }
    }
  }
}
