package io.metasrv.application.ddl.createtable;

import io.metasrv.application.ddl.json.DdlJson;
import io.metasrv.application.ddl.json.StateNames;
import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.RegionWalOptions;
import io.metasrv.application.metadata.codec.ColumnMetadataCodec;
import io.metasrv.application.metadata.codec.QueryContextCodec;
import io.metasrv.domain.Maps;
import io.metasrv.domain.UnknownMembers;
import io.metasrv.domain.flow.QueryContext;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.ColumnMetadata;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What CREATE TABLE stores (sheet 06 §7).
 *
 * @param phase what comes next
 * @param task the table
 * @param queryContext the session of the statement
 * @param columns what the regions returned; empty before, or if they returned none
 * @param route where the regions are, once allocated
 * @param walOptions of the regions, once allocated
 */
record CreateTableState(
    Phase phase,
    NewTable task,
    QueryContext queryContext,
    List<ColumnMetadata> columns,
    Optional<TableRoute.Physical> route,
    Optional<RegionWalOptions> walOptions) {

  /** The steps; stored as {@link StateNames} spells them. */
  enum Phase {
    PREPARE,
    DATANODE_CREATE_REGIONS,
    CREATE_METADATA
  }

  CreateTableState {
    columns = List.copyOf(columns);
  }

  /** The first state. */
  static CreateTableState begin(NewTable task, QueryContext queryContext) {
    return new CreateTableState(
        Phase.PREPARE, task, queryContext, List.of(), Optional.empty(), Optional.empty());
  }

  CreateTableState allocated(NewTable withId, TableRoute.Physical where, RegionWalOptions wal) {
    return new CreateTableState(
        Phase.DATANODE_CREATE_REGIONS,
        withId,
        queryContext,
        columns,
        Optional.of(where),
        Optional.of(wal));
  }

  CreateTableState regionsCreated(List<ColumnMetadata> returned) {
    return new CreateTableState(
        Phase.CREATE_METADATA, task, queryContext, returned, route, walOptions);
  }

  String toJson() {
    JsonWriter out = new JsonWriter().beginObject();
    out.member("state", StateNames.text(phase)).member("task", task.toText()).name("query_context");
    QueryContextCodec.CODEC.write(out, queryContext);
    ColumnMetadataCodec.writeList(out.name("column_metadatas"), columns);
    optional(out.name("table_route"), route, DdlJson::writePhysicalRoute);
    optional(out.name("region_wal_options"), walOptions, DdlJson::writeWalTexts);
    return out.endObject().toText();
  }

  private static <T> void optional(
      JsonWriter out, Optional<T> value, BiConsumer<JsonWriter, T> writer) {
    value.ifPresentOrElse(present -> writer.accept(out, present), out::nullValue);
  }

  /** Context and columns may be missing. */
  static CreateTableState ofJson(String json) {
    JsonValue.Object object = JsonReader.read(json).asObject();
    CreateTableState state =
        new CreateTableState(
            StateNames.read(object, Phase.values()),
            NewTable.ofText(object.require("task")),
            object
                .find("query_context")
                .map(QueryContextCodec.CODEC::read)
                .orElseGet(CreateTableState::noContext),
            object.find("column_metadatas").map(ColumnMetadataCodec::readList).orElse(List.of()),
            object.find("table_route").map(DdlJson::readPhysicalRoute),
            object.find("region_wal_options").map(DdlJson::readWalTexts));
    if (state.phase != Phase.PREPARE && state.route.isEmpty()) {
      throw new JsonFormatException("CREATE TABLE without table_route in state " + state.phase);
    }
    return state;
  }

  private static QueryContext noContext() {
    return new QueryContext(
        "", "", "", Maps.empty(), 0, Maps.empty(), Maps.empty(), UnknownMembers.NONE);
  }
}
