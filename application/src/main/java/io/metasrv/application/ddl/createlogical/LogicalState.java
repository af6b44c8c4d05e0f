package io.metasrv.application.ddl.createlogical;

import io.metasrv.application.ddl.createtable.NewTable;
import io.metasrv.application.ddl.json.DdlJson;
import io.metasrv.application.ddl.json.StateNames;
import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.codec.ColumnMetadataCodec;
import io.metasrv.domain.TableId;
import io.metasrv.domain.table.ColumnMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the creation of logical tables stores (sheet 06 §8).
 *
 * @param phase what comes next
 * @param tasks the tables, with their ids once prepared
 * @param existing the id of each task's table if it was there before; empty before the preparation
 * @param physicalTable the table that holds the rows
 * @param regionNumbers of the physical table, unsigned 32 bits
 * @param physicalColumns what its regions returned; empty before, or if they returned none
 * @param partitionColumns names of the columns of its partition rule
 */
record LogicalState(
    Phase phase,
    List<NewTable> tasks,
    List<Optional<TableId>> existing,
    TableId physicalTable,
    List<Long> regionNumbers,
    List<ColumnMetadata> physicalColumns,
    List<String> partitionColumns) {

  /** The steps; stored as {@link StateNames} spells them. */
  enum Phase {
    PREPARE,
    DATANODE_CREATE_REGIONS,
    CREATE_METADATA
  }

  LogicalState {
    tasks = List.copyOf(tasks);
    existing = List.copyOf(existing);
    regionNumbers = List.copyOf(regionNumbers);
    physicalColumns = List.copyOf(physicalColumns);
    partitionColumns = List.copyOf(partitionColumns);
  }

  static LogicalState begin(List<NewTable> tasks, TableId physicalTable) {
    return new LogicalState(
        Phase.PREPARE, tasks, List.of(), physicalTable, List.of(), List.of(), List.of());
  }

  LogicalState prepared(
      List<NewTable> withIds,
      List<Optional<TableId>> alreadyThere,
      List<Long> numbers,
      List<String> partition) {
    return new LogicalState(
        Phase.DATANODE_CREATE_REGIONS,
        withIds,
        alreadyThere,
        physicalTable,
        numbers,
        physicalColumns,
        partition);
  }

  LogicalState regionsCreated(List<ColumnMetadata> returned) {
    return new LogicalState(
        Phase.CREATE_METADATA,
        tasks,
        existing,
        physicalTable,
        regionNumbers,
        returned,
        partitionColumns);
  }

  /** The tables that were not there before. */
  List<NewTable> missing() {
    List<NewTable> missing = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      if (existing.get(i).isEmpty()) {
        missing.add(tasks.get(i));
      }
    }
    return missing;
  }

  /** The ids of all tables, in the order of the tasks. */
  List<TableId> ids() {
    return IntStream.range(0, tasks.size())
        .mapToObj(i -> existing.get(i).orElseGet(() -> tasks.get(i).tableId()))
        .toList();
  }

  String toJson() {
    JsonWriter out = new JsonWriter().beginObject().member("state", StateNames.text(phase));
    out.name("tasks").array(tasks, (each, task) -> each.value(task.toText()));
    out.name("table_ids_already_exists")
        .array(
            existing,
            (each, id) ->
                id.ifPresentOrElse(present -> each.value(present.value()), each::nullValue));
    out.member("physical_table_id", physicalTable.value());
    out.name("physical_region_numbers").array(regionNumbers, JsonWriter::value);
    ColumnMetadataCodec.writeList(out.name("physical_columns"), physicalColumns);
    DdlJson.writeTexts(out.name("physical_partition_columns"), partitionColumns);
    return out.endObject().toText();
  }

  static LogicalState ofJson(String json) {
    JsonValue.Object object = JsonReader.read(json).asObject();
    LogicalState state =
        new LogicalState(
            StateNames.read(object, Phase.values()),
            object.require("tasks").asArray().stream().map(NewTable::ofText).toList(),
            object.require("table_ids_already_exists").asArray().stream()
                .map(LogicalState::readId)
                .toList(),
            DdlJson.readTableId(object.require("physical_table_id")),
            DdlJson.numbers(object.require("physical_region_numbers")),
            ColumnMetadataCodec.readList(object.require("physical_columns")),
            DdlJson.readTexts(object.require("physical_partition_columns")));
    if (state.phase != Phase.PREPARE && state.tasks.size() != state.existing.size()) {
      throw new JsonFormatException(
          "expected as many entries in table_ids_already_exists as in tasks");
    }
    return state;
  }

  private static Optional<TableId> readId(JsonValue json) {
    return json instanceof JsonValue.Null
        ? Optional.empty()
        : Optional.of(DdlJson.readTableId(json));
  }
}
