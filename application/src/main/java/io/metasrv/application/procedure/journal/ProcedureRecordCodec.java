package io.metasrv.application.procedure.journal;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.procedure.ProcedureId;
import java.util.Optional;

/** The JSON of a {@link ProcedureRecord}: {@code type_name, data, parent_id, step, error}. */
public final class ProcedureRecordCodec {

  private ProcedureRecordCodec() {}

  /** The stored form. */
  public static Bytes encode(ProcedureRecord record) {
    JsonWriter json = new JsonWriter().beginObject();
    json.member("type_name", record.typeName()).member("data", record.data()).name("parent_id");
    record.parent().ifPresentOrElse(id -> json.value(id.toString()), json::nullValue);
    json.name("step").unsigned(record.step());
    record.error().ifPresent(error -> json.member("error", error));
    return json.endObject().toBytes();
  }

  /**
   * Reads the stored form; unknown members are ignored.
   *
   * @throws JsonFormatException if it is not one
   */
  public static ProcedureRecord decode(Bytes stored) {
    JsonValue.Object json = JsonReader.read(stored).asObject();
    return new ProcedureRecord(
        json.text("type_name"),
        json.text("data"),
        json.find("parent_id").map(JsonValue::asText).map(ProcedureRecordCodec::id),
        json.require("step").asUnsigned32(),
        json.find("error").map(JsonValue::asText));
  }

  private static ProcedureId id(String text) {
    Optional<ProcedureId> id = ProcedureId.parse(text);
    return id.orElseThrow(
        () -> new JsonFormatException("parent_id is no procedure id: `" + text + "`"));
  }
}
