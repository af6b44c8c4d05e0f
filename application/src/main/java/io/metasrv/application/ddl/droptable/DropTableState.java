package io.metasrv.application.ddl.droptable;

import io.metasrv.application.ddl.json.DdlJson;
import io.metasrv.application.ddl.json.StateNames;
import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.RegionWalOptions;
import io.metasrv.domain.TableId;
import io.metasrv.domain.route.RegionRoute;
import java.util.List;
import java.util.Optional;

/**
 * What DROP TABLE stores (sheet 06 §12).
 *
 * @param phase what comes next
 * @param task the table
 * @param regions routes of the physical table, once read
 * @param physicalTable whose regions hold the rows, once read
 * @param walOptions of the regions; none for a logical table
 * @param allowRollback whether a failure can be undone: nothing is lost until a region is dropped
 */
record DropTableState(
    Phase phase,
    DropTask task,
    List<RegionRoute> regions,
    Optional<TableId> physicalTable,
    RegionWalOptions walOptions,
    boolean allowRollback) {

  /** The steps; stored as {@link StateNames} spells them. */
  enum Phase {
    PREPARE,
    DELETE_METADATA,
    INVALIDATE_TABLE_CACHE,
    DATANODE_DROP_REGIONS,
    DELETE_TOMBSTONE
  }

  DropTableState {
    regions = List.copyOf(regions);
  }

  static DropTableState begin(DropTask task) {
    return new DropTableState(
        Phase.PREPARE, task, List.of(), Optional.empty(), RegionWalOptions.NONE, false);
  }

  DropTableState prepared(
      TableId physical, List<RegionRoute> routes, RegionWalOptions wal, boolean undoable) {
    return new DropTableState(
        Phase.DELETE_METADATA, task, routes, Optional.of(physical), wal, undoable);
  }

  DropTableState in(Phase next) {
    return new DropTableState(next, task, regions, physicalTable, walOptions, allowRollback);
  }

  /** What is dropped; only good after the first step. */
  DroppedParts parts() {
    return new DroppedParts(
        task.name(), task.table(), physicalTable.orElseThrow(), regions, walOptions);
  }

  String toJson() {
    JsonWriter out = new JsonWriter().beginObject().member("state", StateNames.text(phase));
    task.write(out.name("task"));
    DdlJson.writeRoutes(out.name("physical_region_routes"), regions);
    out.name("physical_table_id");
    physicalTable.ifPresentOrElse(id -> out.value(id.value()), out::nullValue);
    DdlJson.writeWalObjects(out.name("region_wal_options"), walOptions);
    return out.member("allow_rollback", allowRollback).endObject().toText();
  }

  /** WAL options and the permission to roll back may be missing. */
  static DropTableState ofJson(String json) {
    JsonValue.Object object = JsonReader.read(json).asObject();
    DropTableState state =
        new DropTableState(
            StateNames.read(object, Phase.values()),
            DropTask.read(object.require("task")),
            DdlJson.readRoutes(object.require("physical_region_routes")),
            object.find("physical_table_id").map(DdlJson::readTableId),
            object
                .find("region_wal_options")
                .map(DdlJson::readWalObjects)
                .orElse(RegionWalOptions.NONE),
            object.boolOr("allow_rollback", false));
    if (state.phase != Phase.PREPARE && state.physicalTable.isEmpty()) {
      throw new JsonFormatException("DROP TABLE without physical_table_id in state " + state.phase);
    }
    return state;
  }
}
