package io.metasrv.nodes.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.time.MonotonicTime;
import io.metasrv.nodes.Recordings;
import io.metasrv.nodes.json.Fields;
import io.metasrv.nodes.json.JsonValue;
import io.metasrv.protocol.v1.ColumnDataType;
import io.metasrv.protocol.v1.ColumnDataTypeExtension;
import io.metasrv.protocol.v1.ColumnDef;
import io.metasrv.protocol.v1.ColumnOptions;
import io.metasrv.protocol.v1.DecimalTypeExtension;
import io.metasrv.protocol.v1.JsonTypeExtension;
import io.metasrv.protocol.v1.SemanticType;
import io.metasrv.protocol.v1.VectorTypeExtension;
import io.metasrv.protocol.v1.region.AddColumn;
import io.metasrv.protocol.v1.region.AddColumns;
import io.metasrv.protocol.v1.region.AlterRequest;
import io.metasrv.protocol.v1.region.AlterRequests;
import io.metasrv.protocol.v1.region.CompactRequest;
import io.metasrv.protocol.v1.region.CreateRequest;
import io.metasrv.protocol.v1.region.CreateRequests;
import io.metasrv.protocol.v1.region.DropColumn;
import io.metasrv.protocol.v1.region.DropColumns;
import io.metasrv.protocol.v1.region.DropRequest;
import io.metasrv.protocol.v1.region.ListMetadataRequest;
import io.metasrv.protocol.v1.region.MitoManifestInfo;
import io.metasrv.protocol.v1.region.RegionColumnDef;
import io.metasrv.protocol.v1.region.RegionRequest;
import io.metasrv.protocol.v1.region.RegionRequestHeader;
import io.metasrv.protocol.v1.region.RegionResponse;
import io.metasrv.protocol.v1.region.SyncRequest;
import io.metasrv.protocol.v1.region.TruncateRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("sheet 01 §12.1: the region service of a datanode")
class RegionServerTest {

  private static final MonotonicTime NOW = new MonotonicTime(0);
  private static final RegionId REGION = RegionId.of(new TableId(1024), 0);
  private static final RegionId PHYSICAL = RegionId.of(new TableId(1028), 0);
  private static final RegionId LOGICAL = RegionId.of(new TableId(1029), 0);
  private static final RegionId LOGICAL2 = RegionId.of(new TableId(1030), 0);

  private final RegionStorage storage = new RegionStorage();
  private final RegionHost host = RegionHost.empty(storage, NOW, LeaseMode.REFERENCE);
  private final RegionServer server = new RegionServer(host, () -> false);

  private RegionResponse handle(RegionRequest.Builder request) {
    return server.handle(request.setHeader(RegionRequestHeader.getDefaultInstance()).build(), NOW);
  }

  private static RegionRequest.Builder request() {
    return RegionRequest.newBuilder();
  }

  private static void assertRefused(StatusCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ServiceException.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  private static ColumnDef.Builder column(String name, ColumnDataType type, SemanticType kind) {
    return ColumnDef.newBuilder()
        .setName(name)
        .setDataType(type)
        .setSemanticType(kind)
        .setIsNullable(kind != SemanticType.TIMESTAMP);
  }

  private static RegionColumnDef withId(int id, ColumnDef.Builder column) {
    return RegionColumnDef.newBuilder().setColumnId(id).setColumnDef(column).build();
  }

  private static CreateRequest.Builder simple(RegionId region) {
    return CreateRequest.newBuilder()
        .setRegionId(region.value())
        .setEngine("mito")
        .setPath("greptime/public")
        .addColumnDefs(withId(0, column("host", ColumnDataType.STRING, SemanticType.TAG)))
        .addColumnDefs(
            withId(1, column("ts", ColumnDataType.TIMESTAMP_MILLISECOND, SemanticType.TIMESTAMP)))
        .addPrimaryKey(0);
  }

  @Test
  void givenNoHeaderOrNoBody_whenHandled_thenInvalidArguments() {
    assertRefused(
        StatusCode.INVALID_ARGUMENTS,
        () -> server.handle(request().setCreate(simple(REGION)).build(), NOW));
    assertRefused(StatusCode.INVALID_ARGUMENTS, () -> handle(request()));
  }

  @Test
  void givenARegionNotHere_whenHandled_thenRegionNotFound() {
    long id = REGION.value();
    Stream.of(
            request().setDrop(DropRequest.newBuilder().setRegionId(id)),
            request().setAlter(AlterRequest.newBuilder().setRegionId(id)),
            request().setTruncate(TruncateRequest.newBuilder().setRegionId(id)),
            request()
                .setClose(io.metasrv.protocol.v1.region.CloseRequest.newBuilder().setRegionId(id)),
            request().setSync(SyncRequest.newBuilder().setRegionId(id)))
        .forEach(each -> assertRefused(StatusCode.REGION_NOT_FOUND, () -> handle(each)));
  }

  @Test
  void givenAFollower_whenItShallBeChanged_thenRegionNotReady() {
    handle(request().setCreate(simple(REGION)));
    host.find(REGION).orElseThrow().become(RegionRole.FOLLOWER);
    long id = REGION.value();

    Stream.of(
            request().setDrop(DropRequest.newBuilder().setRegionId(id)),
            request().setAlter(AlterRequest.newBuilder().setRegionId(id)),
            request().setTruncate(TruncateRequest.newBuilder().setRegionId(id)))
        .forEach(each -> assertRefused(StatusCode.REGION_NOT_READY, () -> handle(each)));
  }

  @Test
  void givenARequestThatTheDoubleDoesNotDo_whenHandled_thenUnsupported() {
    assertRefused(
        StatusCode.UNSUPPORTED,
        () -> handle(request().setCompact(CompactRequest.getDefaultInstance())));
  }

  /** The columns that a real cluster stored for a table with every type (recorded). */
  @Test
  void givenTheRecordedTable_whenCreated_thenTheColumnMetadataAreTheRecordedOnes() {
    CreateRequest.Builder create =
        CreateRequest.newBuilder()
            .setRegionId(REGION.value())
            .setEngine("mito")
            .setPath("greptime/gdb");
    List<ColumnDef.Builder> columns = recordedTypes();
    for (int i = 0; i < columns.size(); i++) {
      create.addColumnDefs(withId(i, columns.get(i)));
    }

    RegionResponse response = handle(request().setCreate(create.addPrimaryKey(9)));

    assertThat(response.getHeader().getStatus().getStatusCode()).isZero();
    assertThat(columnSchemas(response, "TABLE_COLUMN_METADATA"))
        .isEqualTo(recordedSchemas("04_create_table_types.json", "__table_info/1026"));
    assertThat(response.getExtensionsOrThrow("MANIFEST_INFO").toStringUtf8())
        .isEqualTo(
            "[[4398046511104,{\"Mito\":{\"manifest_version\":0,\"flushed_entry_id\":0,"
                + "\"file_removed_cnt\":0}}]]");
    assertThat(host.find(REGION).orElseThrow().role()).isEqualTo(RegionRole.LEADER);
  }

  private static List<ColumnDef.Builder> recordedTypes() {
    return List.of(
        field("a", ColumnDataType.BOOLEAN),
        field("b", ColumnDataType.INT8),
        field("c", ColumnDataType.INT16),
        field("d", ColumnDataType.INT32),
        field("e", ColumnDataType.INT64),
        field("f", ColumnDataType.UINT8),
        field("g", ColumnDataType.FLOAT32),
        field("h", ColumnDataType.FLOAT64),
        field("i", ColumnDataType.DECIMAL128)
            .setDatatypeExtension(
                ColumnDataTypeExtension.newBuilder()
                    .setDecimalType(
                        DecimalTypeExtension.newBuilder().setPrecision(10).setScale(3))),
        column("j", ColumnDataType.STRING, SemanticType.TAG)
            .setOptions(option("inverted_index", "true")),
        field("k", ColumnDataType.BINARY),
        field("l", ColumnDataType.DATE),
        field("m", ColumnDataType.TIMESTAMP_MICROSECOND),
        field("n", ColumnDataType.BINARY)
            .setDatatypeExtension(
                ColumnDataTypeExtension.newBuilder().setJsonType(JsonTypeExtension.JSON_BINARY)),
        field("o", ColumnDataType.VECTOR)
            .setDatatypeExtension(
                ColumnDataTypeExtension.newBuilder()
                    .setVectorType(VectorTypeExtension.newBuilder().setDim(3))),
        column("ts", ColumnDataType.TIMESTAMP_MILLISECOND, SemanticType.TIMESTAMP)
            .setDefaultConstraint(
                com.google.protobuf.ByteString.copyFromUtf8(
                    "{\"Function\":\"current_timestamp()\"}")),
        field("p", ColumnDataType.STRING)
            .setOptions(
                option(
                    "skipping_index",
                    "{\"granularity\":10240,\"false-positive-rate-in-10000\":100,"
                        + "\"index-type\":\"BloomFilter\"}")));
  }

  private static ColumnDef.Builder field(String name, ColumnDataType type) {
    return column(name, type, SemanticType.FIELD);
  }

  private static ColumnOptions option(String key, String value) {
    return ColumnOptions.newBuilder().putOptions(key, value).build();
  }

  private static List<JsonValue> columnSchemas(RegionResponse response, String extension) {
    return Fields.list(
        extension,
        JsonValue.parse(response.getExtensionsOrThrow(extension).toStringUtf8()),
        column -> Fields.of(extension, column).value("column_schema"));
  }

  private static List<Long> columnIds(RegionResponse response, String extension) {
    return Fields.list(
        extension,
        JsonValue.parse(response.getExtensionsOrThrow(extension).toStringUtf8()),
        column -> Fields.of(extension, column).u64("column_id"));
  }

  private static Fields recordedTable(String file, String key) {
    Fields file0 = Fields.of(file, JsonValue.parse(Recordings.text(file)));
    return file0.list("kvs", pair -> Fields.of("kvs", pair)).stream()
        .filter(pair -> pair.text("key").equals(key))
        .findFirst()
        .orElseThrow()
        .fields("value_json")
        .fields("table_info")
        .fields("meta");
  }

  private static List<JsonValue> recordedSchemas(String file, String key) {
    return recordedTable(file, key).fields("schema").list("column_schemas", schema -> schema);
  }

  @Test
  void givenAnOpenRegion_whenCreatedAgain_thenTheSameIsFineAndAnotherIsRefused() {
    handle(request().setCreate(simple(REGION)));
    host.write(REGION, 5, 500, NOW);

    handle(request().setCreate(simple(REGION)));
    assertThat(storage.find(REGION).orElseThrow().data().rows()).isEqualTo(5);
    assertRefused(
        StatusCode.INVALID_ARGUMENTS,
        () ->
            handle(
                request()
                    .setCreate(
                        simple(REGION)
                            .addColumnDefs(withId(2, field("v", ColumnDataType.FLOAT64))))));
  }

  @Test
  void givenARegion_whenColumnsAreAddedAndDropped_thenVersionsGrowAndRepeatsChangeNothing() {
    handle(request().setCreate(simple(REGION)));
    AlterRequest add =
        AlterRequest.newBuilder()
            .setRegionId(REGION.value())
            .setAddColumns(
                AddColumns.newBuilder()
                    .addAddColumns(
                        AddColumn.newBuilder()
                            .setColumnDef(withId(2, field("v", ColumnDataType.FLOAT64)))))
            .build();

    RegionResponse added = handle(request().setAlter(add));
    assertThat(columnIds(added, "TABLE_COLUMN_METADATA")).containsExactly(0L, 1L, 2L);
    assertThat(added.getExtensionsOrThrow("MANIFEST_INFO").toStringUtf8())
        .contains("\"manifest_version\":1");
    handle(request().setAlter(add));
    assertThat(storage.find(REGION).orElseThrow().schemaVersion()).isEqualTo(1);

    handle(request().setAlter(drop("v")));
    assertThat(storage.find(REGION).orElseThrow().columns()).hasSize(2);
    assertRefused(StatusCode.INVALID_ARGUMENTS, () -> handle(request().setAlter(drop("host"))));
  }

  private static AlterRequest drop(String column) {
    return AlterRequest.newBuilder()
        .setRegionId(REGION.value())
        .setDropColumns(
            DropColumns.newBuilder().addDropColumns(DropColumn.newBuilder().setName(column)))
        .build();
  }

  /** Ids, order and form of a physical table's columns, as a real cluster stored them. */
  @Test
  void givenAPhysicalRegion_whenLogicalOnesAreCreatedAndAltered_thenItsColumnsAreTheRecorded() {
    CreateRequest.Builder physical =
        CreateRequest.newBuilder()
            .setRegionId(PHYSICAL.value())
            .setEngine("metric")
            .setPath("greptime/gdb")
            .putOptions("physical_metric_table", "")
            .addColumnDefs(
                withId(
                    0, column("ts", ColumnDataType.TIMESTAMP_MILLISECOND, SemanticType.TIMESTAMP)))
            .addColumnDefs(withId(1, field("val", ColumnDataType.FLOAT64)));
    RegionResponse created = handle(request().setCreate(physical));
    assertThat(created.containsExtensions("TABLE_COLUMN_METADATA")).isFalse();

    RegionResponse first =
        handle(
            request()
                .setCreates(CreateRequests.newBuilder().addRequests(logical(LOGICAL, "host"))));

    Fields recorded = recordedTable("07_create_logical_metric.json", "__table_info/1028");
    assertThat(columnSchemas(first, "ALTER_PHYSICAL"))
        .isEqualTo(recorded.fields("schema").list("column_schemas", schema -> schema));
    assertThat(columnIds(first, "ALTER_PHYSICAL"))
        .isEqualTo(recorded.list("column_ids", id -> Fields.u64("column_ids", id)));

    handle(request().setCreates(CreateRequests.newBuilder().addRequests(logical(LOGICAL2, "job"))));
    RegionResponse altered =
        handle(
            request()
                .setAlters(
                    AlterRequests.newBuilder()
                        .addRequests(
                            AlterRequest.newBuilder()
                                .setRegionId(LOGICAL.value())
                                .setAddColumns(
                                    AddColumns.newBuilder()
                                        .addAddColumns(
                                            AddColumn.newBuilder()
                                                .setColumnDef(
                                                    withId(
                                                        0,
                                                        column(
                                                            "zone",
                                                            ColumnDataType.STRING,
                                                            SemanticType.TAG))))))));
    // Recorded in kv-after-each-sql/19: job and zone follow host.
    assertThat(columnIds(altered, "ALTER_PHYSICAL"))
        .containsExactly(0L, 1L, 2147483652L, 2147483651L, 2L, 3L, 4L);
    assertThat(altered.getExtensionsOrThrow("MANIFEST_INFO").toStringUtf8())
        .startsWith("[[" + PHYSICAL.toDecimal() + ",{\"Metric\":{\"data_manifest_version\":");
  }

  private static CreateRequest logical(RegionId region, String tag) {
    return CreateRequest.newBuilder()
        .setRegionId(region.value())
        .setEngine("metric")
        .setPath("greptime/gdb")
        .putOptions("on_physical_table", PHYSICAL.toDecimal())
        .addColumnDefs(withId(0, column(tag, ColumnDataType.STRING, SemanticType.TAG)))
        .addColumnDefs(
            withId(1, column("ts", ColumnDataType.TIMESTAMP_MILLISECOND, SemanticType.TIMESTAMP)))
        .addColumnDefs(withId(2, field("val", ColumnDataType.FLOAT64)))
        .addPrimaryKey(0)
        .build();
  }

  @Test
  void givenLogicalRegions_whenThePhysicalOneIsDropped_thenItIsBusyUnlessTheFastPathIsTaken() {
    handle(
        request()
            .setCreate(
                CreateRequest.newBuilder()
                    .setRegionId(PHYSICAL.value())
                    .setEngine("metric")
                    .addColumnDefs(
                        withId(
                            0,
                            column(
                                "ts",
                                ColumnDataType.TIMESTAMP_MILLISECOND,
                                SemanticType.TIMESTAMP)))));
    assertRefused(
        StatusCode.REGION_NOT_FOUND,
        () ->
            handle(
                request()
                    .setCreates(
                        CreateRequests.newBuilder()
                            .addRequests(
                                logical(LOGICAL, "host").toBuilder()
                                    .putOptions("on_physical_table", "77")))));
    handle(request().setCreates(CreateRequests.newBuilder().addRequests(logical(LOGICAL, "host"))));
    DropRequest.Builder drop = DropRequest.newBuilder().setRegionId(PHYSICAL.value());

    assertRefused(StatusCode.REGION_BUSY, () -> handle(request().setDrop(drop)));
    // Only physical regions are open in a role, hence reported.
    assertThat(host.regions()).extracting(HostedRegion::id).containsExactly(PHYSICAL);
    handle(request().setDrop(drop.setFastPath(true)));

    assertThat(storage.regions()).isEmpty();
    assertThat(host.regions()).isEmpty();
  }

  @Test
  void givenARegion_whenDroppedInPart_thenItIsClosedButItsFilesStay() {
    handle(request().setCreate(simple(REGION)));

    handle(
        request()
            .setDrop(DropRequest.newBuilder().setRegionId(REGION.value()).setPartialDrop(true)));

    assertThat(host.find(REGION)).isEmpty();
    assertThat(storage.find(REGION)).isPresent();
  }

  @Test
  void givenRegions_whenMetadataAreListed_thenOneElementEachAndNullWhereNotOpen() {
    handle(request().setCreate(simple(REGION)));

    String json =
        handle(
                request()
                    .setListMetadata(
                        ListMetadataRequest.newBuilder()
                            .addRegionIds(77)
                            .addRegionIds(REGION.value())))
            .getMetadata()
            .toStringUtf8();

    List<JsonValue> items = Fields.list("metadata", JsonValue.parse(json), item -> item);
    assertThat(items).hasSize(2);
    assertThat(items.getFirst()).isEqualTo(new JsonValue.Null());
    Fields region = Fields.of("metadata", items.get(1));
    assertThat(region.region("region_id")).isEqualTo(REGION);
    assertThat(region.u64("schema_version")).isZero();
    assertThat(region.text("primary_key_encoding")).isEqualTo("dense");
    assertThat(region.value("partition_expr")).isEqualTo(new JsonValue.Null());
    assertThat(region.list("primary_key", id -> Fields.u64("primary_key", id)))
        .isEqualTo(new ArrayList<>(List.of(0L)));
  }

  @Test
  void givenWrittenRows_whenTruncated_thenTheyAreGoneAndTheManifestGrew() {
    handle(request().setCreate(simple(REGION)));
    host.write(REGION, 5, 500, NOW);

    handle(request().setTruncate(TruncateRequest.newBuilder().setRegionId(REGION.value())));

    Progress data = storage.find(REGION).orElseThrow().data();
    assertThat(data.rows()).isZero();
    assertThat(data.manifestVersion()).isEqualTo(1);
    assertThat(data.lastEntryId()).isEqualTo(1);
  }

  @Test
  void givenManifestInfoOfAnotherEngine_whenSynced_thenInvalidArguments() {
    handle(request().setCreate(simple(REGION)));
    SyncRequest.Builder sync = SyncRequest.newBuilder().setRegionId(REGION.value());

    handle(request().setSync(sync.setMitoManifestInfo(MitoManifestInfo.getDefaultInstance())));
    assertRefused(
        StatusCode.INVALID_ARGUMENTS,
        () ->
            handle(
                request()
                    .setSync(
                        sync.setMetricManifestInfo(
                            io.metasrv.protocol.v1.region.MetricManifestInfo
                                .getDefaultInstance()))));
  }
}
