package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.table.TableIdent;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableType;

/** Tables and views as JSON (sheet 03 §5.1); also the bytes that statements carry on the wire. */
public final class TableInfoCodec implements ValueCodec<TableInfo> {

  /** The only one. */
  public static final TableInfoCodec CODEC = new TableInfoCodec();

  private TableInfoCodec() {}

  @Override
  public TableInfo read(JsonValue json) {
    Members members = Members.of(json);
    return new TableInfo(
        readIdent(members.require("ident")),
        members.text("name"),
        members.find("desc").map(JsonValue::asText),
        members.text("catalog_name"),
        members.text("schema_name"),
        TableMetaCodec.CODEC.read(members.require("meta")),
        Members.constant(TableType.values(), TableType::text, members.text("table_type")),
        members.unknown());
  }

  private static TableIdent readIdent(JsonValue json) {
    Members members = Members.of(json);
    return new TableIdent(
        members.table("table_id"), members.unsigned("version"), members.unknown());
  }

  @Override
  public void write(JsonWriter out, TableInfo info) {
    out.beginObject()
        .name("ident")
        .beginObject()
        .member("table_id", info.tableId().value())
        .unsignedMember("version", info.ident().version());
    Members.write(out, info.ident().unknown());
    out.endObject().member("name", info.name());
    Members.writeText(out, "desc", info.desc());
    out.member("catalog_name", info.catalogName())
        .member("schema_name", info.schemaName())
        .name("meta");
    TableMetaCodec.CODEC.write(out, info.meta());
    out.member("table_type", info.type().text());
    Members.write(out, info.unknown());
    out.endObject();
  }
}
