package io.metasrv.application.ddl.altertable;

import io.metasrv.application.ddl.json.DdlJson;
import io.metasrv.application.ddl.json.ProtoText;
import io.metasrv.application.ddl.json.StateNames;
import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.Stored;
import io.metasrv.application.metadata.codec.ColumnMetadataCodec;
import io.metasrv.application.metadata.codec.TableInfoValueCodec;
import io.metasrv.domain.TableId;
import io.metasrv.domain.route.RegionDistribution;
import io.metasrv.domain.table.ColumnMetadata;
import io.metasrv.domain.table.TableInfoValue;
import io.metasrv.domain.table.TableName;
import io.metasrv.protocol.v1.AlterTableExpr;
import io.metasrv.protocol.v1.meta.AlterTableTask;
import java.util.List;
import java.util.Optional;

/**
 * What an ALTER TABLE remembers from step to step (sheet 06 §9).
 *
 * @param state what is to be done next
 * @param task the request
 * @param table the table's id
 * @param columns as the regions returned them
 * @param before the table before the change
 * @param distribution who holds the regions
 */
record AlterTableData(
    State state,
    AlterTableTask task,
    TableId table,
    List<ColumnMetadata> columns,
    Optional<Stored<TableInfoValue>> before,
    Optional<RegionDistribution> distribution) {

  /** Steps; stored as {@link StateNames} spells them. */
  enum State {
    PREPARE,
    SUBMIT_ALTER_REGION_REQUESTS,
    UPDATE_METADATA,
    INVALIDATE_TABLE_CACHE
  }

  AlterTableData {
    columns = List.copyOf(columns);
  }

  /** At the very beginning. */
  static AlterTableData begin(AlterTableTask task, TableId table) {
    return new AlterTableData(
        State.PREPARE, task, table, List.of(), Optional.empty(), Optional.empty());
  }

  /** The request. */
  AlterTableExpr request() {
    return task.getAlterTable();
  }

  /** The table's name before the change. */
  TableName name() {
    return new TableName(
        request().getCatalogName(), request().getSchemaName(), request().getTableName());
  }

  /** Whether only the name changes. */
  boolean isRename() {
    return request().getKindCase() == AlterTableExpr.KindCase.RENAME_TABLE;
  }

  /** The table's name after a rename. */
  TableName newName() {
    return new TableName(
        request().getCatalogName(),
        request().getSchemaName(),
        request().getRenameTable().getNewTableName());
  }

  AlterTableData in(State next) {
    return new AlterTableData(next, task, table, columns, before, distribution);
  }

  AlterTableData withBefore(Stored<TableInfoValue> read) {
    return new AlterTableData(state, task, table, columns, Optional.of(read), distribution);
  }

  AlterTableData withDistribution(RegionDistribution read) {
    return new AlterTableData(state, task, table, columns, before, Optional.of(read));
  }

  AlterTableData withColumns(List<ColumnMetadata> returned) {
    return new AlterTableData(state, task, table, returned, before, distribution);
  }

  /** The stored form. */
  String dump() {
    JsonWriter out = new JsonWriter().beginObject();
    out.member("state", StateNames.text(state))
        .member("task", ProtoText.encode(task))
        .member("table_id", table.value())
        .name("column_metadatas");
    ColumnMetadataCodec.writeList(out, columns);
    out.name("table_info_value");
    before.ifPresentOrElse(stored -> stored.write(out), out::nullValue);
    out.name("region_distribution");
    distribution.ifPresentOrElse(each -> DdlJson.writeDistribution(out, each), out::nullValue);
    return out.endObject().toText();
  }

  /**
   * Reads the stored form.
   *
   * @throws JsonFormatException if it is none
   */
  static AlterTableData load(String json) {
    JsonValue.Object object = JsonReader.read(json).asObject();
    return new AlterTableData(
        StateNames.read(object, State.values()),
        ProtoText.decode(object.text("task"), AlterTableTask.parser()),
        DdlJson.readTableId(object.require("table_id")),
        object.find("column_metadatas").map(ColumnMetadataCodec::readList).orElse(List.of()),
        object
            .find("table_info_value")
            .map(stored -> Stored.read(stored, TableInfoValueCodec.CODEC)),
        object.find("region_distribution").map(DdlJson::readDistribution));
  }
}
