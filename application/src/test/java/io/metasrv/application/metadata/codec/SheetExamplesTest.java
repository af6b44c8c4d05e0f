package io.metasrv.application.metadata.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.route.LeaderState;
import io.metasrv.domain.route.RegionRoles;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.DataType;
import io.metasrv.domain.table.DatanodeTable;
import io.metasrv.domain.table.ReadableSize;
import io.metasrv.domain.table.SchemaOptions;
import io.metasrv.domain.table.TableMeta;
import io.metasrv.domain.table.TableOptions;
import io.metasrv.domain.table.TimeToLive;
import io.metasrv.domain.wal.TopicPruned;
import io.metasrv.domain.wal.TopicRegion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The examples of sheet 03. */
class SheetExamplesTest {

  private static final Bytes KEY = Bytes.utf8("__some/key");

  private static <T> T decode(ValueCodec<T> codec, String json) {
    return codec.decode(KEY, Bytes.utf8(json));
  }

  private static void assertSame(ValueCodec<?> codec, String json) {
    assertThat(rewrite(codec, json)).isEqualTo(json);
  }

  private static <T> String rewrite(ValueCodec<T> codec, String json) {
    return codec.encodeText(codec.read(JsonReader.read(json)));
  }

  private static void assertRefused(ValueCodec<?> codec, String json) {
    assertThatThrownBy(() -> decode(codec, json))
        .isInstanceOfSatisfying(
            ServiceException.class, e -> assertThat(e.code()).isEqualTo(StatusCode.UNEXPECTED))
        .hasMessageStartingWith("Failed to serde json")
        .hasMessageContaining(KEY.toString());
  }

  @Test
  void case02_givenTheExamplesOfTheSheetThenKeysAndValuesReadAndWriteToTheSameBytes()
      throws IOException {
    List<String> lines;
    try (InputStream file =
        Objects.requireNonNull(
            SheetExamplesTest.class.getResourceAsStream("/golden/sheet-examples.tsv"))) {
      lines = new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    assertThat(lines).hasSize(27);
    for (String line : lines) {
      String[] columns = line.split("\t", -1);
      Bytes key = Bytes.utf8(columns[1]);
      assertThat(Families.rewriteKey(key)).isEqualTo(key);
      assertThat(Families.rewriteValue(key, Bytes.utf8(columns[2])).toUtf8())
          .describedAs(columns[0])
          .isEqualTo(columns[2]);
    }
  }

  @Test
  void case03_givenOldRoutesThenTheyAreReadAsWhatTheyMeant() {
    TableRoute old =
        decode(
            TableRouteCodec.CODEC,
            "{\"region_routes\":[{\"region\":{\"id\":1,\"name\":\"r1\",\"partition\":null,"
                + "\"attrs\":{}},\"leader_peer\":{\"id\":2,\"addr\":\"a2\"},"
                + "\"follower_peers\":[]}],\"version\":0}");
    assertThat(old)
        .isInstanceOfSatisfying(
            TableRoute.Physical.class,
            route -> {
              assertThat(route.maxRegionNumber()).isEqualTo(1);
              assertThat(route.regions().getFirst().region().name()).isEqualTo("r1");
            });
    RegionRoute renamed =
        RegionRouteCodec.CODEC.read(
            JsonReader.read(
                "{\"region\":{\"id\":\"8589934602\",\"name\":\"\","
                    + "\"partition\":{\"column_list\":[\"a\"],\"value_list\":[\"{\\\"Expr\\\":1}\"]}},"
                    + "\"leader_peer\":null,\"follower_peers\":[],"
                    + "\"leader_status\":\"Downgraded\"}"));
    assertThat(renamed.leaderState()).contains(LeaderState.DOWNGRADING);
    assertThat(renamed.id()).isEqualTo(RegionId.of(new TableId(2), 10));
    assertThat(renamed.region().partitionExpr()).isEqualTo("{\"Expr\":1}");
    assertThat(RegionRouteCodec.CODEC.encodeText(renamed))
        .isEqualTo(
            "{\"region\":{\"id\":8589934602,\"name\":\"\",\"attrs\":{},"
                + "\"partition_expr\":\"{\\\"Expr\\\":1}\"},\"leader_peer\":null,"
                + "\"follower_peers\":[],\"leader_state\":\"Downgrading\","
                + "\"leader_down_since\":null}");
    assertThat(RegionRolesCodec.CODEC.read(JsonReader.read("[1,2,3]")))
        .isEqualTo(RegionRoles.leaders(List.of(1L, 2L, 3L)));
  }

  @Test
  void case03_givenOldTablesAndSchemasThenTheyAreReadAsWhatTheyMeant() {
    DatanodeTable datanodeTable =
        decode(DatanodeTableCodec.CODEC, "{\"table_id\":42,\"regions\":[1,2,3],\"version\":1}");
    assertThat(datanodeTable.info().engine()).isEmpty();
    assertThat(datanodeTable.info().storagePath()).isEmpty();
    assertThat(datanodeTable.info().options()).isEmpty();
    assertThat(datanodeTable.regions()).isEqualTo(RegionRoles.leaders(List.of(1L, 2L, 3L)));

    SchemaOptions schema =
        decode(SchemaOptionsCodec.CODEC, "{\"ttl\":\"15s\",\"extra_options\":{\"foo\":\"bar\"}}");
    assertThat(schema.ttl()).contains(new TimeToLive.For(Duration.ofSeconds(15)));
    assertThat(schema.toOptions()).isEqualTo(Map.of("ttl", "15s", "foo", "bar"));
    assertThat(decode(SchemaOptionsCodec.CODEC, "{\"ttl\":\"10s\"}").extraOptions()).isEmpty();
    assertThat(decode(SchemaOptionsCodec.CODEC, "{}")).isEqualTo(SchemaOptions.none());
    assertThat(decode(SchemaOptionsCodec.CODEC, "null")).isEqualTo(SchemaOptions.none());

    assertThat(decode(DataTypeCodec.CODEC, "{\"String\":null}")).isEqualTo(DataType.string());
    assertThat(decode(TopicPrunedCodec.CODEC, "")).isEqualTo(TopicPruned.NEVER);
  }

  @Test
  void case03_givenAnOldTableMetaThenDefaultsHoldAndItsForeignMembersAreKept() {
    TableMeta meta =
        TableMetaCodec.CODEC.read(
            JsonReader.read(
                "{\"schema\":{\"column_schemas\":[],\"timestamp_index\":2,\"version\":0},"
                    + "\"primary_key_indices\":[],\"value_indices\":[],\"engine\":\"mito\","
                    + "\"region_numbers\":[0],\"engine_options\":{},\"next_column_id\":0,"
                    + "\"options\":{},\"created_on\":\"2026-01-02T03:04:05+01:00\"}"));

    assertThat(meta.updatedOn()).isEqualTo(meta.createdOn());
    assertThat(meta.partitionKeyIndices()).isEmpty();
    assertThat(meta.columnIds()).isEmpty();
    assertThat(meta.options()).isEqualTo(TableOptions.none());
    assertThat(TableMetaCodec.CODEC.encodeText(meta))
        .contains("\"created_on\":\"2026-01-02T02:04:05Z\"")
        .contains("\"version\":0,\"timestamp_index\":2}")
        .endsWith("\"column_ids\":[],\"region_numbers\":[0],\"engine_options\":{}}");
  }

  @Test
  void case27_givenTimesToLiveThenTextsGoBothWays() {
    Map<String, Duration> samples =
        Map.of(
            "1m", Duration.ofSeconds(60),
            "7days", Duration.ofSeconds(604_800),
            "30days", Duration.ofSeconds(2_592_000),
            "1month", Duration.ofSeconds(2_630_016),
            "1year 1month 3days 1h 1m 1s", Duration.ofSeconds(34_450_477),
            "1s 1ms 2us 3ns", Duration.ofSeconds(1, 1_002_003),
            "0s", Duration.ZERO);
    samples.forEach(
        (text, length) -> {
          assertThat(new TimeToLive.For(length).text()).isEqualTo(text);
          assertThat(TimeToLive.ofStored(text)).isEqualTo(new TimeToLive.For(length));
        });
    assertThat(TimeToLive.ofStored("instant")).isEqualTo(new TimeToLive.Instant());
    assertThat(TimeToLive.ofUser("ForEver")).isEqualTo(new TimeToLive.Forever());
    assertThat(TimeToLive.ofUser("")).isEqualTo(new TimeToLive.Forever());
    assertThat(TimeToLive.ofUser("0s")).isEqualTo(new TimeToLive.Forever());
    assertRefused(TableOptionsCodec.CODEC, "{\"ttl\":{\"secs\":1}}");
    assertRefused(TableOptionsCodec.CODEC, "{\"ttl\":\"Forever\"}");
    assertRefused(SchemaOptionsCodec.CODEC, "{\"ttl\":\"instant\"}");
    assertThat(decode(SchemaOptionsCodec.CODEC, "{\"ttl\":\"forever\"}").ttl())
        .contains(new TimeToLive.Forever());
    assertThat(SchemaOptions.ofCreate(Map.of("ttl", "0s")).ttl())
        .contains(new TimeToLive.Forever());
    for (String word : List.of("forever", "instant", "")) {
      assertThatThrownBy(() -> SchemaOptions.ofCreate(Map.of("ttl", word)))
          .hasMessage("Failed to parse value " + word + " into key ttl");
    }
  }

  @Test
  void case28_givenSizesThenStoredAndShownTextsDiffer() {
    assertSize("64MiB", "\"64MiB\"", "64.0MiB");
    assertSize("1000", "1000", "1000B");
    assertSize("0", "\"0KiB\"", "0B");
    assertSize("512", "512", "512B");
    assertSize("1.5K", "1536", "1.5KiB");
    assertSize("1e3 KB", "\"1000KiB\"", "1000.0KiB");
    assertSize("2P", "\"2PiB\"", "2.0PiB");
    assertThatThrownBy(() -> ReadableSize.parse("64XB"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ReadableSize.parse("MB")).isInstanceOf(IllegalArgumentException.class);
    TableOptions options =
        TableOptions.ofUser(Map.of("write_buffer_size", "64MB", "skip_wal", "true", "ttl", "7d"));
    assertThat(options.skipWal()).isTrue();
    assertThat(options.toRegionOptions())
        .isEqualTo(Map.of("write_buffer_size", "64.0MiB", "skip_wal", "true", "ttl", "7days"));
  }

  private static void assertSize(String given, String stored, String shown) {
    TableOptions options = TableOptions.ofUser(Map.of(TableOptions.WRITE_BUFFER_SIZE, given));
    assertThat(TableOptionsCodec.CODEC.encodeText(options))
        .startsWith("{\"write_buffer_size\":" + stored + ",");
    assertThat(options.toRegionOptions()).containsEntry("write_buffer_size", shown);
    assertSame(
        TableOptionsCodec.CODEC,
        "{\"write_buffer_size\":"
            + stored
            + ",\"ttl\":null,\"skip_wal\":false,\"extra_options\":{}}");
  }

  @Test
  void case29_givenAllDataTypesThenTheyReadAndWriteToTheSameText() {
    for (DataType.Kind kind : DataType.Kind.values()) {
      String json = "{\"" + kind.text() + "\":" + (kind.isNumeric() ? "{}" : "null") + "}";
      assertSame(DataTypeCodec.CODEC, json);
      assertThat(decode(DataTypeCodec.CODEC, json)).isEqualTo(kind.type());
    }
    for (String json :
        List.of(
            "{\"String\":{\"size_type\":\"LargeUtf8\"}}",
            "{\"Binary\":{\"repr_type\":\"BinaryView\"}}",
            "{\"Timestamp\":{\"Nanosecond\":null}}",
            "{\"Time\":{\"Second\":null}}",
            "{\"Duration\":{\"Microsecond\":null}}",
            "{\"Interval\":{\"MonthDayNano\":null}}",
            "{\"Decimal128\":{\"precision\":38,\"scale\":10}}",
            "{\"List\":{\"item_type\":{\"Int32\":{}}}}",
            "{\"Dictionary\":{\"key_type\":{\"UInt32\":{}},\"value_type\":{\"Null\":null}}}",
            "{\"Struct\":{\"fields\":[{\"name\":\"a\",\"data_type\":{\"Boolean\":null},"
                + "\"nullable\":true,\"metadata\":{\"k\":\"v\"}}]}}",
            "{\"Json\":{\"format\":\"Jsonb\"}}",
            "{\"Json\":{\"format\":{\"Json2\":{\"Object\":{\"k\":{\"Number\":\"I64\"}}}}}}",
            "{\"Vector\":{\"dim\":3}}")) {
      assertSame(DataTypeCodec.CODEC, json);
    }
    assertThat(rewrite(DataTypeCodec.CODEC, "{\"Binary\":{}}"))
        .isEqualTo("{\"Binary\":{\"repr_type\":\"Binary\"}}");
    for (String refused :
        List.of(
            "{\"Int32\":null}", "{\"Date\":{}}", "{\"Json\":null}", "{\"Vector\":null}", "{}")) {
      assertRefused(DataTypeCodec.CODEC, refused);
    }
  }

  @Test
  void givenTypesWithForeignPartsThenTheyAreKeptAndStillKnownForWhatTheyAre() {
    String vector = "{\"Vector\":{\"dim\":3,\"metric\":\"l2\"}}";
    assertSame(DataTypeCodec.CODEC, vector);
    DataType known = decode(DataTypeCodec.CODEC, vector);
    assertThat(known).isNotEqualTo(new DataType.Vector(3));
    assertThat(known.isSameAs(new DataType.Vector(3))).isTrue();

    String list = "{\"List\":{\"item_type\":" + vector + "}}";
    assertSame(DataTypeCodec.CODEC, list);
    assertThat(decode(DataTypeCodec.CODEC, list).plain())
        .isEqualTo(new DataType.ListOf(new DataType.Vector(3)));

    assertSame(DataTypeCodec.CODEC, "{\"Geometry\":{\"srid\":4326}}");
    assertThat(decode(DataTypeCodec.CODEC, "{\"Geometry\":{\"srid\":4326}}"))
        .isInstanceOf(DataType.Foreign.class);
  }

  @Test
  void case30_givenEqualNamesOrATimeIndexOfTextThenTheMetaIsRefused() {
    String column =
        "{\"name\":\"a\",\"data_type\":{\"String\":null},\"is_nullable\":true,"
            + "\"is_time_index\":%s,\"default_constraint\":null,\"metadata\":{}}";
    assertMetaRefused(column.formatted("false") + "," + column.formatted("false"), "two columns");
    assertMetaRefused(column.formatted("true"), "is no timestamp");
  }

  private static void assertMetaRefused(String columns, String reason) {
    String json =
        "{\"schema\":{\"column_schemas\":["
            + columns
            + "],\"version\":0},\"primary_key_indices\":[],\"value_indices\":[],\"engine\":\"\","
            + "\"next_column_id\":0,\"options\":{},\"created_on\":\"2026-01-01T00:00:00Z\"}";
    assertRefused(TableMetaCodec.CODEC, json);
    assertThatThrownBy(() -> decode(TableMetaCodec.CODEC, json)).hasMessageContaining(reason);
  }

  @Test
  void case31_givenTheLargestRegionIdThenItStaysUnsigned() {
    String json =
        "{\"region\":{\"id\":18446744069414584330,\"name\":\"\",\"attrs\":{},"
            + "\"partition_expr\":\"\"},\"leader_peer\":{\"id\":18446744073709551615,"
            + "\"addr\":\"a\"},\"follower_peers\":[],\"leader_down_since\":null}";
    assertSame(RegionRouteCodec.CODEC, json);
    assertThat(RegionRouteCodec.CODEC.read(JsonReader.read(json)).id().table())
        .isEqualTo(new TableId(0xffff_ffffL));
  }

  @Test
  void case35_givenRegionsOfTopicsWithAndWithoutCheckpointThenBothAreRead() {
    assertThat(decode(TopicRegionCodec.CODEC, "")).isEqualTo(TopicRegion.EMPTY);
    assertThat(decode(TopicRegionCodec.CODEC, "{}")).isEqualTo(TopicRegion.EMPTY);
    assertThat(
            decode(TopicRegionCodec.CODEC, "{\"checkpoint\":{\"entry_id\":5}}")
                .checkpoint()
                .map(checkpoint -> checkpoint.entryId()))
        .contains(5L);
    assertThat(decode(TopicRegionCodec.CODEC, "{\"checkpoint\":{}}").checkpoint())
        .contains(io.metasrv.domain.wal.ReplayCheckpoint.of(0, OptionalLong.empty()));
    assertThat(TopicRegionCodec.CODEC.encode(TopicRegion.EMPTY)).isEqualTo(Bytes.EMPTY);
  }

  @Test
  void givenTimesThenTheFractionHasNoneThreeSixOrNineDigits() {
    for (String time :
        List.of(
            "2026-01-02T03:04:05Z",
            "2026-01-02T03:04:05.120Z",
            "2026-01-02T03:04:05.123456Z",
            "2026-01-02T03:04:05.000000001Z",
            "-262143-01-01T00:00:00Z",
            "+262142-12-31T23:59:59.999999999Z")) {
      assertThat(Times.text(Times.read(JsonReader.read("\"" + time + "\"")))).isEqualTo(time);
    }
  }

  @Test
  void givenSessionsInEitherShapeThenBothAreRead() {
    String stored =
        "{\"current_catalog\":\"c\",\"current_schema\":\"s\",\"timezone\":\"UTC\","
            + "\"extensions\":{},\"channel\":3,\"snapshot_seqs\":{\"1\":2},"
            + "\"sst_min_sequences\":{}}";
    assertSame(QueryContextCodec.CODEC, stored);
    String shorter =
        JsonWriter.text(
            out ->
                QueryContextCodec.CODEC.writeShorter(out, decode(QueryContextCodec.CODEC, stored)));
    assertThat(shorter).startsWith("{\"catalog\":\"c\",\"schema\":\"s\",\"timezone\"");
    assertThat(decode(QueryContextCodec.CODEC, shorter))
        .isEqualTo(decode(QueryContextCodec.CODEC, stored));
    assertThat(
            decode(
                    QueryContextCodec.CODEC,
                    "{\"catalog\":\"c\",\"schema\":\"s\",\"timezone\":\"UTC\"}")
                .channel())
        .isZero();
  }

  @Test
  void givenBrokenValuesThenTheErrorNamesTheKey() {
    for (String broken :
        List.of("", "{", "[]", "{\"type\":\"physical\"}", "{\"type\":\"other\",\"version\":0}")) {
      assertRefused(TableRouteCodec.CODEC, broken);
    }
    assertRefused(TableInfoValueCodec.CODEC, "{\"table_info\":{},\"version\":0}");
    assertRefused(FlowInfoCodec.CODEC, "{}");
    assertRefused(ViewInfoCodec.CODEC, "{\"view_info\":[256]}");
    assertThat(Optional.of(decode(ViewInfoCodec.CODEC, viewOfText())).map(view -> view.plan()))
        .contains(Bytes.utf8("plan"));
  }

  private static String viewOfText() {
    return "{\"view_info\":\"plan\",\"table_names\":[],\"columns\":[],\"plan_columns\":[],"
        + "\"definition\":\"\",\"version\":0}";
  }
}
