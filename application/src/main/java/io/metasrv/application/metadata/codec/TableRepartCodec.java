package io.metasrv.application.metadata.codec;

import io.metasrv.application.heartbeat.codec.RegionIds;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.table.TableRepart;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which regions took over files of which (sheet 03 §3.6). */
public final class TableRepartCodec implements ValueCodec<TableRepart> {

  /** The only one. */
  public static final TableRepartCodec CODEC = new TableRepartCodec();

  private TableRepartCodec() {}

  @Override
  public TableRepart read(JsonValue json) {
    Members members = Members.of(json);
    TreeMap<RegionId, SortedSet<RegionId>> destinations = new TreeMap<>();
    members
        .require("src_to_dst")
        .asObject()
        .members()
        .forEach(
            (source, set) ->
                destinations.put(
                    RegionIds.ofName(source),
                    new TreeSet<>(set.asArray().stream().map(RegionIds::read).toList())));
    return new TableRepart(destinations, members.unknown());
  }

  @Override
  public void write(JsonWriter out, TableRepart value) {
    out.beginObject().name("src_to_dst").beginObject();
    value
        .destinations()
        .forEach(
            (source, set) ->
                out.name(source.toDecimal())
                    .array(set, (writer, region) -> writer.unsigned(region.value())));
    out.endObject();
    Members.write(out, value.unknown());
    out.endObject();
  }
}
