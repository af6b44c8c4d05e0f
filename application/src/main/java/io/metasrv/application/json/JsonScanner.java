package io.metasrv.application.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON straight from the text, for paths on which building a {@link JsonValue} would cost too
 * much. Every call throws a {@link JsonFormatException} if the text is broken or not what is asked
 * for. Not thread-safe.
 */
public final class JsonScanner implements AutoCloseable {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonParser in;

  private JsonScanner(JsonParser in) {
    this.in = in;
  }

  /** Reads the first bytes of the array, which must not change meanwhile. */
  public static JsonScanner of(byte[] json, int length) {
    JsonScanner reader =
        new JsonScanner(FACTORY.createParser(ObjectReadContext.empty(), json, 0, length));
    reader.next();
    return reader;
  }

  /** Takes the members of an object. */
  @FunctionalInterface
  public interface Members {
    /** Takes the value of the member, or {@link #skip}s it. */
    void member(JsonScanner in, String name);
  }

  /** Reads an object, member by member. */
  public void object(Members members) {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw expected("an object");
    }
    try {
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        in.nextToken();
        members.member(this, name);
      }
    } catch (JacksonException e) {
      throw broken(e);
    }
  }

  /** An unsigned 64-bit number. */
  public long unsigned() {
    if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw expected("an unsigned 64-bit number");
    }
    try {
      JsonParser.NumberType type = in.getNumberType();
      if (type == JsonParser.NumberType.BIG_INTEGER) {
        return Long.parseUnsignedLong(in.getString());
      }
      long value = in.getLongValue();
      if (value < 0) {
        throw expected("an unsigned 64-bit number");
      }
      return value;
    } catch (JacksonException e) {
      throw broken(e);
    } catch (NumberFormatException tooLarge) {
      throw expected("an unsigned 64-bit number");
    }
  }

  /** Passes over the value. */
  public void skip() {
    try {
      in.skipChildren();
    } catch (JacksonException e) {
      throw broken(e);
    }
  }

  /** Makes sure that nothing follows the value. */
  public void end() {
    if (next() != null) {
      throw new JsonFormatException("text follows behind the value");
    }
  }

  // Absent at the end of the text.
  private @Nullable JsonToken next() {
    try {
      return in.nextToken();
    } catch (JacksonException e) {
      throw broken(e);
    }
  }

  @Override
  public void close() {
    in.close();
  }

  private JsonFormatException expected(String what) {
    return new JsonFormatException("expected " + what + ", found " + in.currentToken());
  }

  /** The error for members that are not there. */
  public static JsonFormatException missing(String names) {
    return new JsonFormatException("missing field: " + names);
  }

  private static JsonFormatException broken(JacksonException e) {
    return new JsonFormatException("malformed JSON: " + e.getOriginalMessage(), e);
  }
}
