package io.metasrv.application.json;

import io.metasrv.domain.Bytes;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Writes compact JSON with the exact text of serde_json: no blanks, members in the order of the
 * calls, only {@code "}, {@code \} and control characters escaped (lower-case {@code \}{@code
 * u00xx} where there is no short form), other characters as UTF-8, unsigned 64-bit numbers in full,
 * floating point in shortest form.
 *
 * <pre>{@code
 * new JsonWriter().beginObject().member("id", 1).member("addr", "a:1").endObject().toText()
 * }</pre>
 *
 * <p>Not thread-safe. Does not check that brackets match.
 */
public final class JsonWriter {

  private static final String HEX = "0123456789abcdef";

  private final StringBuilder text = new StringBuilder(256);
  private boolean commaNeeded;

  /** Opens an object: as element, as value after {@link #name}, or as the whole document. */
  public JsonWriter beginObject() {
    return open('{');
  }

  /** Closes the object. */
  public JsonWriter endObject() {
    return close('}');
  }

  /** Opens an array. */
  public JsonWriter beginArray() {
    return open('[');
  }

  /** Closes the array. */
  public JsonWriter endArray() {
    return close(']');
  }

  /** Begins a member; its value follows. */
  public JsonWriter name(String name) {
    separate();
    quote(name);
    text.append(':');
    commaNeeded = false;
    return this;
  }

  /** A string. */
  public JsonWriter value(String value) {
    separate();
    quote(value);
    return this;
  }

  /** A signed number. */
  public JsonWriter value(long value) {
    separate();
    text.append(value);
    return this;
  }

  /** A number of 64 unsigned bits. */
  public JsonWriter unsigned(long value) {
    separate();
    text.append(Long.toUnsignedString(value));
    return this;
  }

  /** A boolean. */
  public JsonWriter value(boolean value) {
    separate();
    text.append(value);
    return this;
  }

  /** A floating point number; infinities and NaN become {@code null}, as in serde_json. */
  public JsonWriter value(double value) {
    separate();
    text.append(floatText(value));
    return this;
  }

  /** {@code null}. */
  public JsonWriter nullValue() {
    separate();
    text.append("null");
    return this;
  }

  /** Text that is JSON already, put in as it is. */
  public JsonWriter raw(String json) {
    separate();
    text.append(json);
    return this;
  }

  /** A tree, members in its order, numbers with the text they were read with. */
  public JsonWriter value(JsonValue value) {
    switch (value) {
      case JsonValue.Null ignored -> nullValue();
      case JsonValue.Bool(boolean flag) -> value(flag);
      case JsonValue.Number(String digits) -> raw(digits);
      case JsonValue.Text(String string) -> value(string);
      case JsonValue.Array(List<JsonValue> elements) -> {
        beginArray();
        elements.forEach(this::value);
        endArray();
      }
      case JsonValue.Object object -> {
        beginObject();
        object.members().forEach((name, member) -> name(name).value(member));
        endObject();
      }
    }
    return this;
  }

  /** A member with a string. */
  public JsonWriter member(String name, String value) {
    return name(name).value(value);
  }

  /** A member with a signed number. */
  public JsonWriter member(String name, long value) {
    return name(name).value(value);
  }

  /** A member with a boolean. */
  public JsonWriter member(String name, boolean value) {
    return name(name).value(value);
  }

  /** A member with a floating point number. */
  public JsonWriter member(String name, double value) {
    return name(name).value(value);
  }

  /** A member with a number of 64 unsigned bits. */
  public JsonWriter unsignedMember(String name, long value) {
    return name(name).unsigned(value);
  }

  /** The text of what the body writes: exactly one document. */
  public static String text(Consumer<JsonWriter> body) {
    JsonWriter writer = new JsonWriter();
    body.accept(writer);
    return writer.toText();
  }

  /** The UTF-8 of what the body writes: exactly one document. */
  public static Bytes bytes(Consumer<JsonWriter> body) {
    return Bytes.utf8(text(body));
  }

  /** An object whose members the body writes. */
  public JsonWriter object(Runnable members) {
    beginObject();
    members.run();
    return endObject();
  }

  /** An array whose elements the body writes. */
  public JsonWriter array(Runnable elements) {
    beginArray();
    elements.run();
    return endArray();
  }

  /** An array of the elements, each written by the body. */
  public <T> JsonWriter array(Collection<T> elements, BiConsumer<JsonWriter, T> element) {
    beginArray();
    for (T each : elements) {
      element.accept(this, each);
    }
    return endArray();
  }

  /** What was written, as text. */
  public String toText() {
    return text.toString();
  }

  /** What was written, as UTF-8. */
  public Bytes toBytes() {
    return Bytes.utf8(toText());
  }

  private JsonWriter open(char bracket) {
    separate();
    text.append(bracket);
    commaNeeded = false;
    return this;
  }

  private JsonWriter close(char bracket) {
    text.append(bracket);
    commaNeeded = true;
    return this;
  }

  private void separate() {
    if (commaNeeded) {
      text.append(',');
    }
    commaNeeded = true;
  }

  private void quote(String value) {
    text.append('"');
    int written = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x20 || c == '"' || c == '\\') {
        text.append(value, written, i);
        escape(c);
        written = i + 1;
      }
    }
    text.append(value, written, value.length()).append('"');
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
      default -> text.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
    }
  }

  /**
   * Shortest digits that read back to the same value; plain notation from 1e-5 up to below 1e16,
   * else scientific with a bare exponent. Always with a fraction or an exponent.
   */
  static String floatText(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "null";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal shortest = shortest(value);
    String digits = shortest.unscaledValue().abs().toString();
    int pointAt = digits.length() - shortest.scale();
    String sign = value < 0 ? "-" : "";
    if (pointAt > 16 || pointAt <= -5) {
      String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
      return sign + digits.charAt(0) + fraction + "e" + (pointAt - 1);
    }
    if (pointAt <= 0) {
      return sign + "0." + "0".repeat(-pointAt) + digits;
    }
    if (pointAt >= digits.length()) {
      return sign + digits + "0".repeat(pointAt - digits.length()) + ".0";
    }
    return sign + digits.substring(0, pointAt) + "." + digits.substring(pointAt);
  }

  /** Java prints at least two digits, also where one is enough (the smallest subnormal numbers). */
  private static BigDecimal shortest(double value) {
    BigDecimal printed = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    BigDecimal oneDigit = printed.round(new MathContext(1));
    return oneDigit.doubleValue() == value ? oneDigit : printed;
  }
}
