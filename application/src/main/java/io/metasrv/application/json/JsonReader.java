package io.metasrv.application.json;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads a JSON document into a {@link JsonValue}. Thread-safe. */
public final class JsonReader {

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonReader() {}

  /**
   * Reads UTF-8 text that holds exactly one document.
   *
   * @throws JsonFormatException if it does not
   */
  public static JsonValue read(Bytes utf8) {
    return read(utf8.toUtf8());
  }

  /**
   * Reads text that holds exactly one document.
   *
   * @throws JsonFormatException if it does not
   */
  public static JsonValue read(String json) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new JsonFormatException("expected a JSON document, found nothing");
      }
      JsonValue document = value(parser, first);
      if (parser.nextToken() != null) {
        throw new JsonFormatException("expected one JSON document, found more text after it");
      }
      return document;
    } catch (JacksonException malformed) {
      throw new JsonFormatException("malformed JSON: " + malformed.getOriginalMessage(), malformed);
    }
  }

  /**
   * Reads a document and makes a value of it.
   *
   * @throws ServiceException (Unexpected) if the text is no JSON or the codec does not find what it
   *     expects
   */
  public static <T> T decode(String json, Function<JsonValue, T> codec) {
    try {
      return codec.apply(read(json));
    } catch (JsonFormatException e) {
      throw new ServiceException(
          StatusCode.UNEXPECTED, "Failed to deserialize JSON: " + e.getMessage(), e);
    }
  }

  /** {@link #decode(String, Function)} of UTF-8. */
  public static <T> T decode(Bytes utf8, Function<JsonValue, T> codec) {
    return decode(utf8.toUtf8(), codec);
  }

  private static JsonValue value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case VALUE_NULL -> new JsonValue.Null();
      case VALUE_TRUE -> new JsonValue.Bool(true);
      case VALUE_FALSE -> new JsonValue.Bool(false);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue.Number(parser.getString());
      case VALUE_STRING -> new JsonValue.Text(parser.getString());
      case START_ARRAY -> array(parser);
      case START_OBJECT -> object(parser);
      default -> throw new JsonFormatException("unexpected " + token);
    };
  }

  private static JsonValue array(JsonParser parser) {
    List<JsonValue> elements = new ArrayList<>();
    for (JsonToken t = next(parser); t != JsonToken.END_ARRAY; t = next(parser)) {
      elements.add(value(parser, t));
    }
    return new JsonValue.Array(elements);
  }

  private static JsonValue object(JsonParser parser) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    for (JsonToken t = next(parser); t != JsonToken.END_OBJECT; t = next(parser)) {
      String name = parser.currentName();
      members.put(name, value(parser, next(parser)));
    }
    return new JsonValue.Object(members);
  }

  private static JsonToken next(JsonParser parser) {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw new JsonFormatException("the JSON text ends too early");
    }
    return token;
  }
}
