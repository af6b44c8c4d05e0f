package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Maps;
import io.metasrv.domain.route.RegionRoles;
import io.metasrv.domain.table.DatanodeTable;

/** What datanodes must know of tables (sheet 03 §3.7); all of it in one flat object. */
public final class DatanodeTableCodec implements ValueCodec<DatanodeTable> {

  /** The only one. */
  public static final DatanodeTableCodec CODEC = new DatanodeTableCodec();

  private DatanodeTableCodec() {}

  @Override
  public DatanodeTable read(JsonValue json) {
    Members members = Members.of(json);
    RegionRoles regions =
        new RegionRoles(
            members.requireList("regions", JsonValue::asUnsigned32),
            members.list("follower_regions", JsonValue::asUnsigned32));
    DatanodeTable.RegionInfo info =
        new DatanodeTable.RegionInfo(
            members.textOr("engine", ""),
            members.textOr("region_storage_path", ""),
            members.texts("region_options"),
            members
                .find("region_wal_options")
                .map(options -> Members.byNumber(options, JsonValue::asText))
                .orElse(Maps.empty()));
    return new DatanodeTable(
        members.table("table_id"), regions, info, members.unsigned("version"), members.unknown());
  }

  @Override
  public void write(JsonWriter out, DatanodeTable value) {
    out.beginObject()
        .member("table_id", value.tableId().value())
        .name("regions")
        .array(value.regions().leaders(), JsonWriter::value)
        .name("follower_regions")
        .array(value.regions().followers(), JsonWriter::value)
        .member("engine", value.info().engine())
        .member("region_storage_path", value.info().storagePath());
    Members.writeTexts(out, "region_options", value.info().options());
    out.name("region_wal_options").beginObject();
    value
        .info()
        .walOptions()
        .forEach((number, text) -> out.member(Long.toUnsignedString(number), text));
    out.endObject().unsignedMember("version", value.version());
    Members.write(out, value.unknown());
    out.endObject();
  }
}
