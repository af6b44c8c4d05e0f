package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.table.DataType;
import io.metasrv.domain.table.TimeUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Types of columns as JSON (sheet 03 §5.5). Bodies differ from family to family for reasons of
 * history: numbers have {@code {}}, some others {@code null}.
 */
public final class DataTypeCodec implements ValueCodec<DataType> {

  /** The only one. */
  public static final DataTypeCodec CODEC = new DataTypeCodec();

  private DataTypeCodec() {}

  @Override
  public DataType read(JsonValue json) {
    Map.Entry<String, JsonValue> tagged = json.asObject().only();
    Body body = new Body(tagged.getValue());
    DataType known = read(tagged.getKey(), body, json);
    return body.hasUnknown ? new DataType.Extended(known, Members.text(json)) : known;
  }

  private static DataType read(String name, Body body, JsonValue whole) {
    return switch (name) {
      case "String" -> new DataType.Text(body.constantOr("size_type", DataType.StringSize.UTF8));
      case "Binary" -> new DataType.Binary(body.binaryForm());
      case "Timestamp" -> new DataType.Timestamp(body.unit());
      case "Time" -> new DataType.Time(body.unit());
      case "Duration" -> new DataType.Duration(body.unit());
      case "Interval" -> new DataType.Interval(body.interval());
      case "Decimal128" -> body.decimal();
      case "List" -> body.read(m -> new DataType.ListOf(CODEC.read(m.require("item_type"))));
      case "Dictionary" ->
          body.read(
              m ->
                  new DataType.Dictionary(
                      CODEC.read(m.require("key_type")), CODEC.read(m.require("value_type"))));
      case "Struct" -> body.read(m -> new DataType.Struct(m.requireList("fields", body::field)));
      case "Json" -> body.json(whole);
      case "Vector" -> body.read(m -> new DataType.Vector(m.unsigned32("dim")));
      default -> simple(name, body, whole);
    };
  }

  private static DataType simple(String name, Body body, JsonValue whole) {
    for (DataType.Kind kind : DataType.Kind.values()) {
      if (kind.text().equals(name)) {
        return kind.isNumeric() ? body.read(m -> kind.type()) : body.nothing(kind.type());
      }
    }
    return new DataType.Foreign(name, Members.text(whole));
  }

  /** What stands behind the name of a type. */
  private static final class Body {

    private final JsonValue json;
    private boolean hasUnknown;

    Body(JsonValue json) {
      this.json = json;
    }

    <T> T read(Function<Members, T> reader) {
      return read(json, reader);
    }

    private <T> T read(JsonValue object, Function<Members, T> reader) {
      Members members = Members.of(object);
      T read = reader.apply(members);
      hasUnknown |= !members.unknown().isEmpty();
      return read;
    }

    DataType nothing(DataType type) {
      if (json instanceof JsonValue.Null) {
        return type;
      }
      throw new JsonFormatException("expected null behind the name of a type");
    }

    private Optional<String> textOf(String member) {
      return json instanceof JsonValue.Null
          ? Optional.empty()
          : read(m -> m.find(member).map(JsonValue::asText));
    }

    DataType.StringSize constantOr(String member, DataType.StringSize absent) {
      return textOf(member)
          .map(
              text ->
                  Members.constant(DataType.StringSize.values(), DataType.StringSize::text, text))
          .orElse(absent);
    }

    DataType.BinaryForm binaryForm() {
      return textOf("repr_type")
          .map(
              text ->
                  Members.constant(DataType.BinaryForm.values(), DataType.BinaryForm::text, text))
          .orElse(DataType.BinaryForm.BINARY);
    }

    TimeUnit unit() {
      return Members.constant(TimeUnit.values(), TimeUnit::text, variant());
    }

    DataType.IntervalUnit interval() {
      return Members.constant(
          DataType.IntervalUnit.values(), DataType.IntervalUnit::text, variant());
    }

    private String variant() {
      Map.Entry<String, JsonValue> variant = json.asObject().only();
      if (variant.getValue() instanceof JsonValue.Null) {
        return variant.getKey();
      }
      throw new JsonFormatException("expected null behind a unit");
    }

    DataType decimal() {
      return read(
          m -> new DataType.Decimal128(m.require("precision").asInt(), m.require("scale").asInt()));
    }

    DataType.Field field(JsonValue field) {
      return read(
          field,
          m ->
              new DataType.Field(
                  m.text("name"),
                  CODEC.read(m.require("data_type")),
                  m.bool("nullable"),
                  m.texts("metadata")));
    }

    DataType json(JsonValue whole) {
      return read(
          m -> {
            JsonValue format = m.require("format");
            if (format instanceof JsonValue.Text(String text) && text.equals("Jsonb")) {
              return new DataType.Json(Optional.empty());
            }
            if (format instanceof JsonValue.Object object
                && object.only().getKey().equals("Json2")) {
              return new DataType.Json(Optional.of(Members.text(object.only().getValue())));
            }
            return new DataType.Foreign("Json", Members.text(whole));
          });
    }
  }

  @Override
  public void write(JsonWriter out, DataType type) {
    switch (type) {
      case DataType.Foreign(String ignored, String json) -> out.raw(json);
      case DataType.Extended(DataType ignored, String json) -> out.raw(json);
      default -> {
        out.beginObject();
        writeKnown(out, type);
        out.endObject();
      }
    }
  }

  private void writeKnown(JsonWriter out, DataType type) {
    switch (type) {
      case DataType.Simple(DataType.Kind kind) -> {
        out.name(kind.text());
        if (kind.isNumeric()) {
          out.beginObject().endObject();
        } else {
          out.nullValue();
        }
      }
      case DataType.Text(DataType.StringSize size) ->
          out.name("String").beginObject().member("size_type", size.text()).endObject();
      case DataType.Binary(DataType.BinaryForm form) ->
          out.name("Binary").beginObject().member("repr_type", form.text()).endObject();
      case DataType.Timestamp(TimeUnit unit) -> writeVariant(out, "Timestamp", unit.text());
      case DataType.Time(TimeUnit unit) -> writeVariant(out, "Time", unit.text());
      case DataType.Duration(TimeUnit unit) -> writeVariant(out, "Duration", unit.text());
      case DataType.Interval(DataType.IntervalUnit unit) ->
          writeVariant(out, "Interval", unit.text());
      case DataType.Decimal128(int precision, int scale) ->
          out.name("Decimal128")
              .beginObject()
              .member("precision", precision)
              .member("scale", scale)
              .endObject();
      case DataType.Vector(long dimension) ->
          out.name("Vector").beginObject().member("dim", dimension).endObject();
      case DataType.Json(Optional<String> nativeType) -> writeJson(out, nativeType);
      case DataType.ListOf(DataType item) -> {
        write(out.name("List").beginObject().name("item_type"), item);
        out.endObject();
      }
      case DataType.Dictionary(DataType key, DataType value) -> {
        write(out.name("Dictionary").beginObject().name("key_type"), key);
        write(out.name("value_type"), value);
        out.endObject();
      }
      case DataType.Struct(List<DataType.Field> fields) ->
          out.name("Struct")
              .beginObject()
              .name("fields")
              .array(fields, this::writeField)
              .endObject();
      case DataType.Foreign ignored -> throw new IllegalStateException("written whole");
      case DataType.Extended ignored -> throw new IllegalStateException("written whole");
    }
  }

  private void writeField(JsonWriter out, DataType.Field field) {
    write(out.beginObject().member("name", field.name()).name("data_type"), field.type());
    out.member("nullable", field.nullable());
    Members.writeTexts(out, "metadata", field.metadata());
    out.endObject();
  }

  private static void writeVariant(JsonWriter out, String name, String variant) {
    out.name(name).beginObject().name(variant).nullValue().endObject();
  }

  private static void writeJson(JsonWriter out, Optional<String> nativeType) {
    out.name("Json").beginObject().name("format");
    nativeType.ifPresentOrElse(
        json -> out.beginObject().name("Json2").raw(json).endObject(), () -> out.value("Jsonb"));
    out.endObject();
  }
}
