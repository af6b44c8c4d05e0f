package io.metasrv.application.ddl.alterlogical;

import io.metasrv.application.ddl.json.DdlJson;
import io.metasrv.application.ddl.json.ProtoText;
import io.metasrv.application.ddl.json.StateNames;
import io.metasrv.application.instruction.CacheIdent;
import io.metasrv.application.instruction.CacheIdentCodec;
import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.Stored;
import io.metasrv.application.metadata.codec.ColumnMetadataCodec;
import io.metasrv.application.metadata.codec.TableInfoValueCodec;
import io.metasrv.domain.TableId;
import io.metasrv.domain.table.ColumnMetadata;
import io.metasrv.domain.table.TableInfoValue;
import io.metasrv.protocol.v1.meta.AlterTableTask;
import java.util.List;
import java.util.Optional;

/**
 * What an ALTER of logical tables remembers from step to step (sheet 06 §11).
 *
 * @param state what is to be done next
 * @param tasks the requests that are left
 * @param before the tables before the change, one for each task
 * @param physicalTable 0 once it is no longer needed
 * @param physicalBefore the physical table before the change
 * @param physicalColumns as the regions returned them
 * @param caches what nodes are told in the end
 */
record AlterLogicalData(
    State state,
    List<AlterTableTask> tasks,
    List<Stored<TableInfoValue>> before,
    TableId physicalTable,
    Optional<Stored<TableInfoValue>> physicalBefore,
    List<ColumnMetadata> physicalColumns,
    List<CacheIdent> caches) {

  private static final TableId NO_TABLE = new TableId(0);

  /** Steps; stored as {@link StateNames} spells them. */
  enum State {
    PREPARE,
    SUBMIT_ALTER_REGION_REQUESTS,
    UPDATE_METADATA,
    INVALIDATE_TABLE_CACHE
  }

  AlterLogicalData {
    tasks = List.copyOf(tasks);
    before = List.copyOf(before);
    physicalColumns = List.copyOf(physicalColumns);
    caches = List.copyOf(caches);
  }

  /** At the very beginning. */
  static AlterLogicalData begin(List<AlterTableTask> tasks, TableId physicalTable) {
    return new AlterLogicalData(
        State.PREPARE, tasks, List.of(), physicalTable, Optional.empty(), List.of(), List.of());
  }

  AlterLogicalData in(State next) {
    return new AlterLogicalData(
        next, tasks, before, physicalTable, physicalBefore, physicalColumns, caches);
  }

  /** With what is left to do and what it starts from. */
  AlterLogicalData prepared(
      List<AlterTableTask> left,
      List<Stored<TableInfoValue>> leftBefore,
      Stored<TableInfoValue> physical) {
    return new AlterLogicalData(
        state, left, leftBefore, physicalTable, Optional.of(physical), physicalColumns, caches);
  }

  AlterLogicalData withColumns(List<ColumnMetadata> returned) {
    return new AlterLogicalData(
        state, tasks, before, physicalTable, physicalBefore, returned, caches);
  }

  AlterLogicalData withCaches(List<CacheIdent> keys) {
    return new AlterLogicalData(
        state, tasks, before, physicalTable, physicalBefore, physicalColumns, keys);
  }

  /** Only what the last step needs. */
  AlterLogicalData cleared() {
    return new AlterLogicalData(
        state, List.of(), List.of(), NO_TABLE, Optional.empty(), List.of(), caches);
  }

  /** The stored form. */
  String dump() {
    JsonWriter out = new JsonWriter().beginObject().member("state", StateNames.text(state));
    out.name("tasks").array(tasks, (each, task) -> each.value(ProtoText.encode(task)));
    out.name("table_info_values").array(before, (each, stored) -> stored.write(each));
    out.member("physical_table_id", physicalTable.value()).name("physical_table_info");
    physicalBefore.ifPresentOrElse(stored -> stored.write(out), out::nullValue);
    out.name("physical_columns");
    ColumnMetadataCodec.writeList(out, physicalColumns);
    out.name("table_cache_keys_to_invalidate").array(caches, CacheIdentCodec::write);
    return out.endObject().toText();
  }

  /**
   * Reads the stored form.
   *
   * @throws JsonFormatException if it is none
   */
  static AlterLogicalData load(String json) {
    JsonValue.Object object = JsonReader.read(json).asObject();
    return new AlterLogicalData(
        StateNames.read(object, State.values()),
        object.require("tasks").asArray().stream()
            .map(task -> ProtoText.decode(task.asText(), AlterTableTask.parser()))
            .toList(),
        object.require("table_info_values").asArray().stream()
            .map(AlterLogicalData::stored)
            .toList(),
        DdlJson.readTableId(object.require("physical_table_id")),
        object.find("physical_table_info").map(AlterLogicalData::stored),
        ColumnMetadataCodec.readList(object.require("physical_columns")),
        object.require("table_cache_keys_to_invalidate").asArray().stream()
            .map(CacheIdentCodec::read)
            .toList());
  }

  private static Stored<TableInfoValue> stored(JsonValue json) {
    return Stored.read(json, TableInfoValueCodec.CODEC);
  }
}
