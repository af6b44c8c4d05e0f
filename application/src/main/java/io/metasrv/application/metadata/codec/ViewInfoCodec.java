package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.table.TableName;
import io.metasrv.domain.table.ViewInfo;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** Views (sheet 03 §3.8). The plan is an array of numbers; a text is read as its UTF-8. */
public final class ViewInfoCodec implements ValueCodec<ViewInfo> {

  /** The only one. */
  public static final ViewInfoCodec CODEC = new ViewInfoCodec();

  private ViewInfoCodec() {}

  @Override
  public ViewInfo read(JsonValue json) {
    Members members = Members.of(json);
    TableNames names = new TableNames();
    SequencedSet<TableName> tableNames =
        new LinkedHashSet<>(members.requireList("table_names", names::read));
    return new ViewInfo(
        readBytes(members.require("view_info")),
        tableNames,
        members.requireList("columns", JsonValue::asText),
        members.requireList("plan_columns", JsonValue::asText),
        members.text("definition"),
        members.unsigned("version"),
        members.unknown(),
        names.unknown());
  }

  private static Bytes readBytes(JsonValue json) {
    if (json instanceof JsonValue.Text(String text)) {
      return Bytes.utf8(text);
    }
    List<JsonValue> elements = json.asArray();
    byte[] bytes = new byte[elements.size()];
    for (int i = 0; i < bytes.length; i++) {
      long each = elements.get(i).asUnsigned();
      if (each >>> 8 != 0) {
        throw new JsonFormatException("expected bytes in 0..255, found " + each);
      }
      bytes[i] = (byte) each;
    }
    return Bytes.wrap(bytes);
  }

  @Override
  public void write(JsonWriter out, ViewInfo view) {
    out.beginObject().name("view_info").beginArray();
    for (int i = 0; i < view.plan().size(); i++) {
      out.value((long) view.plan().at(i));
    }
    out.endArray()
        .name("table_names")
        .array(
            view.tableNames(),
            (writer, name) -> TableNames.write(writer, name, view.unknownOfNames()))
        .name("columns")
        .array(view.columns(), JsonWriter::value)
        .name("plan_columns")
        .array(view.planColumns(), JsonWriter::value)
        .member("definition", view.definition())
        .unsignedMember("version", view.version());
    Members.write(out, view.unknown());
    out.endObject();
  }
}
