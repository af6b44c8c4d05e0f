package io.metasrv.application.json;

import io.metasrv.domain.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * Writes one JSON value, compactly, members in the order of the calls. Not thread-safe; lives for
 * one value. Calls that do not make well-formed JSON throw.
 */
public final class JsonWriter {

  private final JsonGenerator out;

  private JsonWriter(JsonGenerator out) {
    this.out = out;
  }

  /** The bytes of what the body writes: exactly one value. */
  public static Bytes bytes(Consumer<JsonWriter> body) {
    return Bytes.wrap(write(body).toByteArray());
  }

  /** The text of what the body writes: exactly one value. */
  public static String text(Consumer<JsonWriter> body) {
    return write(body).toString(StandardCharsets.UTF_8);
  }

  private static ByteArrayOutputStream write(Consumer<JsonWriter> body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator out =
        JsonLibrary.FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      body.accept(new JsonWriter(out));
    }
    return bytes;
  }

  /** An object whose members the body writes. */
  public JsonWriter object(Runnable members) {
    out.writeStartObject();
    members.run();
    out.writeEndObject();
    return this;
  }

  /** An array whose items the body writes. */
  public JsonWriter array(Runnable items) {
    out.writeStartArray();
    items.run();
    out.writeEndArray();
    return this;
  }

  /** An array of the items, each written by the body. */
  public <T> JsonWriter array(Collection<T> items, BiConsumer<JsonWriter, T> item) {
    out.writeStartArray();
    for (T each : items) {
      item.accept(this, each);
    }
    out.writeEndArray();
    return this;
  }

  /** The name of the next member. */
  public JsonWriter name(String name) {
    out.writeName(name);
    return this;
  }

  /** A string. */
  public JsonWriter string(String value) {
    out.writeString(value);
    return this;
  }

  /** A signed 64-bit number. */
  public JsonWriter signed(long value) {
    out.writeNumber(value);
    return this;
  }

  /** An unsigned 64-bit number. */
  public JsonWriter unsigned(long value) {
    if (value >= 0) {
      out.writeNumber(value);
    } else {
      out.writeNumber(Long.toUnsignedString(value));
    }
    return this;
  }

  /** A 64-bit float; {@code null} if it is not finite, as serde_json writes it. */
  public JsonWriter real(double value) {
    if (Double.isFinite(value)) {
      out.writeNumber(RealText.of(value));
    } else {
      out.writeNull();
    }
    return this;
  }

  /** A 32-bit float; {@code null} if it is not finite. */
  public JsonWriter real(float value) {
    if (Float.isFinite(value)) {
      out.writeNumber(RealText.of(value));
    } else {
      out.writeNull();
    }
    return this;
  }

  /** A truth value. */
  public JsonWriter bool(boolean value) {
    out.writeBoolean(value);
    return this;
  }

  /** {@code null}. */
  public JsonWriter nothing() {
    out.writeNull();
    return this;
  }

  /** A value that is JSON already, put in byte for byte; its bytes are not looked at. */
  public JsonWriter raw(Bytes json) {
    out.writeRawValue(json.toUtf8());
    return this;
  }

  /** A value that was read before, number literals and order unchanged. */
  public JsonWriter value(JsonValue value) {
    switch (value) {
      case JsonValue.Text text -> out.writeString(text.value());
      case JsonValue.Number number -> out.writeNumber(number.literal());
      case JsonValue.Bool bool -> out.writeBoolean(bool.value());
      case JsonValue.Nothing nothing -> out.writeNull();
      case JsonValue.Items items -> array(items.values(), JsonWriter::value);
      case JsonObject object ->
          object(() -> object.members().forEach((name, member) -> name(name).value(member)));
    }
    return this;
  }
}
