package io.metasrv.application.ddl.alter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.table.ColumnMetadataKeys;
import io.metasrv.domain.table.ColumnSchema;
import io.metasrv.domain.table.DataType;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableMeta;
import io.metasrv.protocol.v1.AlterTableExpr;
import io.metasrv.protocol.v1.Analyzer;
import io.metasrv.protocol.v1.ColumnDataType;
import io.metasrv.protocol.v1.ColumnDef;
import io.metasrv.protocol.v1.DropDefault;
import io.metasrv.protocol.v1.DropDefaults;
import io.metasrv.protocol.v1.FulltextBackend;
import io.metasrv.protocol.v1.SemanticType;
import io.metasrv.protocol.v1.SetFulltext;
import io.metasrv.protocol.v1.SetIndex;
import io.metasrv.protocol.v1.SetSkipping;
import io.metasrv.protocol.v1.UnsetFulltext;
import io.metasrv.protocol.v1.UnsetIndex;
import io.metasrv.protocol.v1.region.AddColumn;
import io.metasrv.protocol.v1.region.AlterRequest;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AlterationsTest {

  private static final ColumnSchema A = ColumnSchema.of("a", DataType.string(), true);
  private static final ColumnSchema B = ColumnSchema.of("b", DataType.string(), true);
  private static final RegionId REGION = RegionId.of(new TableId(1024), 0);

  @Test
  void case15_addFirstAsTag() {
    AlterTableExpr request = Requests.add(Requests.addFirst(tag("c")));

    TableInfo altered = Tables.alter(Tables.plain(), request);

    assertThat(Tables.names(altered)).containsExactly("c", "ts", "v");
    TableMeta meta = altered.meta();
    assertThat(meta.primaryKeyIndices()).containsExactly(0);
    assertThat(meta.valueIndices()).containsExactly(1, 2);
    assertThat(meta.nextColumnId()).isEqualTo(3);
    assertThat(meta.schema().version()).isEqualTo(1);
    assertThat(altered.ident().version()).isEqualTo(1);
    assertThat(meta.updatedOn()).isEqualTo(Tables.NOW);
    AlterRequest region = RegionAlterations.physical(REGION, request, Tables.plain());
    AddColumn added = region.getAddColumns().getAddColumns(0);
    assertThat(added.getColumnDef().getColumnId()).isEqualTo(2);
    assertThat(added.getColumnDef().getColumnDef()).isEqualTo(tag("c").build());
    assertThat(added.getLocation())
        .isEqualTo(request.getAddColumns().getAddColumns(0).getLocation());
    assertThat(region.getRegionId()).isEqualTo(REGION.value());
    assertThat(region.getSchemaVersion()).isZero();
  }

  @Test
  void case16_addIfNotExistsLeavesAGapInIds() {
    AlterTableExpr request =
        Requests.add(
            Requests.add(field("v")).setAddIfNotExists(true),
            Requests.add(field("w")).setAddIfNotExists(true));

    TableInfo altered = Tables.alter(Tables.plain(), request);

    assertThat(Tables.names(altered)).containsExactly("ts", "v", "w");
    assertThat(altered.meta().nextColumnId()).isEqualTo(4);
    AlterRequest region = RegionAlterations.physical(REGION, request, Tables.plain());
    assertThat(region.getAddColumns().getAddColumnsList())
        .singleElement()
        .satisfies(
            added -> {
              assertThat(added.getColumnDef().getColumnDef().getName()).isEqualTo("w");
              assertThat(added.getColumnDef().getColumnId()).isEqualTo(2);
              assertThat(added.hasLocation()).isFalse();
            });
  }

  @Test
  void whenColumnsAreAddedInManyPlacesThenEachPlaceHasItsOrder() {
    TableInfo info = Tables.of(List.of(A, Tables.TS, Tables.V, B), List.of(3, 0), List.of(3));

    TableInfo altered =
        Tables.alter(
            info,
            Requests.add(
                Requests.addFirst(field("f1")),
                Requests.add(field("l1")),
                Requests.addAfter(field("m1"), "ts"),
                Requests.addFirst(field("f2")),
                Requests.addAfter(tag("m2"), "ts"),
                Requests.add(field("l2"))));

    assertThat(Tables.names(altered))
        .containsExactly("f2", "f1", "a", "ts", "m2", "m1", "v", "b", "l1", "l2");
    assertThat(altered.meta().primaryKeyIndices()).containsExactly(2, 4, 7);
    assertThat(altered.meta().partitionKeyIndices()).containsExactly(7);
    assertThat(altered.meta().nextColumnId()).isEqualTo(10);
  }

  @Test
  void whenAColumnCannotBeAddedThenTheErrorSaysWhy() {
    assertRefused(
        () -> Tables.alter(Tables.plain(), Requests.add(Requests.add(field("v")))),
        StatusCode.TABLE_COLUMN_EXISTS,
        "Column v already exists in table t");
    assertRefused(
        () ->
            Tables.alter(
                Tables.plain(), Requests.add(Requests.add(tag("v")).setAddIfNotExists(true))),
        StatusCode.INVALID_ARGUMENTS,
        "different type");
    assertRefused(
        () ->
            Tables.alter(
                Tables.plain(), Requests.add(Requests.add(field("c")), Requests.add(field("c")))),
        StatusCode.INVALID_ARGUMENTS,
        "more than once");
    assertRefused(
        () ->
            Tables.alter(
                Tables.plain(), Requests.add(Requests.add(field("c").setIsNullable(false)))),
        StatusCode.INVALID_ARGUMENTS,
        "no default value for column c");
    assertRefused(
        () -> Tables.alter(Tables.plain(), Requests.add(Requests.addAfter(field("c"), "x"))),
        StatusCode.TABLE_COLUMN_NOT_FOUND,
        "x");
    assertRefused(
        () ->
            Tables.alter(
                Tables.plain(),
                Requests.add(
                    Requests.add(
                        field("c")
                            .setDefaultConstraint(
                                ByteString.copyFromUtf8("{\"Value\":{\"Int32\":1}}"))))),
        StatusCode.INVALID_ARGUMENTS,
        "cannot default to");
    assertRefused(
        () ->
            Tables.alter(
                Tables.plain(), Requests.add(io.metasrv.protocol.v1.AddColumn.newBuilder())),
        StatusCode.INVALID_ARGUMENTS,
        "column_def");
  }

  @Test
  void whenADefinitionHasCommentAndIndexesThenTheyAreItsMetadata() {
    ColumnDef.Builder column = tag("c").setComment("why");
    column
        .getOptionsBuilder()
        .putOptions("inverted_index", "true")
        .putOptions("skipping_index", "{}")
        .putOptions("something", "else");

    TableInfo altered = Tables.alter(Tables.plain(), Requests.add(Requests.add(column)));

    assertThat(altered.meta().schema().column("c").orElseThrow().metadata())
        .isEqualTo(
            Map.of(
                ColumnMetadataKeys.COMMENT, "why",
                ColumnMetadataKeys.INVERTED_INDEX, "true",
                ColumnMetadataKeys.SKIPPING_INDEX, "{}"));
  }

  @Test
  void case17_dropOfKeyTimeAndPartitionColumns() {
    TableInfo info = Tables.of(List.of(A, Tables.TS, Tables.V), List.of(0), List.of(2));

    assertRefused(
        () -> Tables.alter(info, Requests.drop("a")),
        StatusCode.INVALID_ARGUMENTS,
        "index column a");
    assertRefused(
        () -> Tables.alter(info, Requests.drop("ts")),
        StatusCode.INVALID_ARGUMENTS,
        "index column ts");
    assertRefused(
        () -> Tables.alter(info, Requests.drop("v")),
        StatusCode.INVALID_ARGUMENTS,
        "partition column v");
    assertRefused(
        () -> Tables.alter(info, Requests.drop("x")), StatusCode.TABLE_COLUMN_NOT_FOUND, "x");
  }

  @Test
  void whenAColumnIsDroppedThenKeysKeepTheirOrder() {
    TableInfo info = Tables.of(List.of(Tables.V, A, Tables.TS, B), List.of(3, 1), List.of(3));

    TableInfo altered = Tables.alter(info, Requests.drop("v"));

    assertThat(Tables.names(altered)).containsExactly("a", "ts", "b");
    assertThat(altered.meta().primaryKeyIndices()).containsExactly(2, 0);
    assertThat(altered.meta().valueIndices()).containsExactly(1);
    assertThat(altered.meta().partitionKeyIndices()).containsExactly(2);
    assertThat(altered.meta().nextColumnId()).isEqualTo(4);
  }

  @Test
  void case18_setTtlIsPrintedAsHumantime() {
    TableInfo altered = Tables.alter(Tables.plain(), Requests.set("ttl", "1d"));

    assertThat(altered.meta().options().ttl().orElseThrow().text()).isEqualTo("1day");
    assertThat(altered.meta().options().toRegionOptions()).isEqualTo(Map.of("ttl", "1day"));
    assertThat(altered.meta().schema().version()).isZero();
    assertThat(altered.ident().version()).isEqualTo(1);
    assertThat(
            Tables.alter(Tables.plain(), Requests.set("ttl", "FOREVER"))
                .meta()
                .options()
                .ttl()
                .orElseThrow()
                .text())
        .isEqualTo("forever");
  }

  @Test
  void case19_appendModeRemovesMergeMode() {
    TableInfo info = Tables.withOptions(Tables.plain(), Map.of("merge_mode", "last_row"));

    assertThat(
            Tables.alter(info, Requests.set("append_mode", "true")).meta().options().extraOptions())
        .isEqualTo(Map.of("append_mode", "true"));
    assertThat(
            Tables.alter(info, Requests.set("append_mode", "false"))
                .meta()
                .options()
                .extraOptions())
        .isEqualTo(Map.of("append_mode", "false", "merge_mode", "last_row"));
  }

  @Test
  void whenOptionsOfCompactionAreSetThenTheTypeComesAlong() {
    String key = "compaction.twcs.time_window";
    TableInfo altered = Tables.alter(Tables.plain(), Requests.set(key, "2h"));

    assertThat(altered.meta().options().extraOptions())
        .isEqualTo(Map.of(key, "2h", "compaction.type", "twcs"));
    assertThat(
            Tables.alter(altered, Requests.unset("COMPACTION.twcs.time_window"))
                .meta()
                .options()
                .extraOptions())
        .isEqualTo(Map.of("compaction.type", "twcs"));
    assertRefused(
        () -> Tables.alter(Tables.plain(), Requests.set("comment", "x")),
        StatusCode.INVALID_ARGUMENTS,
        "Invalid set region option request, key: comment, value: x");
    assertRefused(
        () -> Tables.alter(Tables.plain(), Requests.unset("append_mode")),
        StatusCode.INVALID_ARGUMENTS,
        "append_mode");
  }

  @Test
  void case20_fulltextKeepsItsAnalyzer() {
    TableInfo info = Tables.with("msg", DataType.string());
    TableInfo set = Tables.alter(info, Requests.index(fulltext("msg", Analyzer.ENGLISH)));
    assertThat(metadata(set, "msg").get(ColumnMetadataKeys.FULLTEXT))
        .isEqualTo(
            "{\"enable\":true,\"analyzer\":\"English\",\"case-sensitive\":false,"
                + "\"backend\":\"bloom\",\"granularity\":10240,"
                + "\"false-positive-rate-in-10000\":100}");
    assertThat(set.meta().schema().version()).isEqualTo(1);

    assertRefused(
        () -> Tables.alter(set, Requests.index(fulltext("msg", Analyzer.CHINESE))),
        StatusCode.INVALID_ARGUMENTS,
        "analyzer");
    assertRefused(
        () -> Tables.alter(set, Requests.index(fulltext("ts", Analyzer.ENGLISH))),
        StatusCode.INVALID_ARGUMENTS,
        "string");

    TableInfo unset = Tables.alter(set, unsetFulltext());
    assertThat(metadata(unset, "msg").get(ColumnMetadataKeys.FULLTEXT))
        .startsWith("{\"enable\":false,\"analyzer\":\"English\"");
    assertRefused(
        () -> Tables.alter(unset, unsetFulltext()),
        StatusCode.INVALID_ARGUMENTS,
        "FULLTEXT index already disabled");
  }

  @Test
  void whenASkippingIndexIsSetThenItsRateIsCutToTenThousandths() {
    SetSkipping.Builder skipping =
        SetSkipping.newBuilder()
            .setColumnName("v")
            .setEnable(true)
            .setGranularity(1024)
            .setFalsePositiveRate(0.01239);
    TableInfo altered =
        Tables.alter(Tables.plain(), Requests.index(SetIndex.newBuilder().setSkipping(skipping)));

    assertThat(metadata(altered, "v").get(ColumnMetadataKeys.SKIPPING_INDEX))
        .isEqualTo(
            "{\"granularity\":1024,\"false-positive-rate-in-10000\":123,"
                + "\"index-type\":\"BloomFilter\"}");
    for (SetSkipping wrong :
        List.of(
            skipping.clone().setGranularity(0).build(),
            skipping.clone().setFalsePositiveRate(0).build(),
            skipping.clone().setFalsePositiveRate(1.01).build())) {
      assertRefused(
          () ->
              Tables.alter(
                  Tables.plain(), Requests.index(SetIndex.newBuilder().setSkipping(wrong))),
          StatusCode.INVALID_ARGUMENTS,
          "Invalid");
    }
  }

  @Test
  void whenDefaultsAreDroppedThenUnknownColumnsAreIgnored() {
    TableInfo info =
        Tables.alter(
            Tables.plain(),
            Requests.setDefault("v", "{\"Value\":{\"value\":{\"Number\":[\"1\",false]}}}"));
    TableInfo altered = Tables.alter(info, dropDefaults("v", "unknown"));

    assertThat(altered.meta().schema().column("v").orElseThrow().defaultConstraint()).isEmpty();
    assertThat(altered.meta().schema().version()).isEqualTo(2);
    assertRefused(
        () -> Tables.alter(altered, dropDefaults("v")),
        StatusCode.INVALID_ARGUMENTS,
        "does not have a default");
    assertRefused(
        () -> Tables.alter(info, dropDefaults("")), StatusCode.INVALID_ARGUMENTS, "empty");
  }

  @Test
  void whenATypeCannotBeModifiedThenNothingIs() {
    TableInfo info = Tables.of(List.of(A, Tables.TS, Tables.V), List.of(0), List.of());

    assertRefused(
        () -> Tables.alter(info, Requests.modify("x", ColumnDataType.STRING)),
        StatusCode.TABLE_COLUMN_NOT_FOUND,
        "x");
    assertRefused(
        () -> Tables.alter(info, Requests.modify("a", ColumnDataType.INT32)),
        StatusCode.INVALID_ARGUMENTS,
        "primary key");
    assertRefused(
        () -> Tables.alter(info, Requests.modify("ts", ColumnDataType.STRING)),
        StatusCode.INVALID_ARGUMENTS,
        "timestamp index");
    assertRefused(
        () -> Tables.alter(info, Requests.modify("v", ColumnDataType.DATE)),
        StatusCode.INVALID_ARGUMENTS,
        "cannot be cast");
  }

  @Test
  void whenNothingOrARepartitionIsAskedForThenItIsRefused() {
    assertRefused(
        () -> Tables.alter(Tables.plain(), Requests.table().build()),
        StatusCode.UNEXPECTED,
        "Unexpected: 'kind' is absent");
    assertRefused(
        () ->
            Tables.alter(
                Tables.plain(),
                Requests.table()
                    .setRepartition(io.metasrv.protocol.v1.Repartition.getDefaultInstance())
                    .build()),
        StatusCode.UNEXPECTED,
        "Repartition operation should be handled through DdlManager");
  }

  private static void assertRefused(ThrowingCallable call, StatusCode code, String text) {
    assertThatThrownBy(call)
        .isInstanceOf(MetasrvException.class)
        .hasMessageContaining(text)
        .satisfies(e -> assertThat(((MetasrvException) e).code()).isEqualTo(code));
  }

  private static Map<String, String> metadata(TableInfo info, String column) {
    return info.meta().schema().column(column).orElseThrow().metadata();
  }

  private static SetIndex.Builder fulltext(String column, Analyzer analyzer) {
    return SetIndex.newBuilder()
        .setFulltext(
            SetFulltext.newBuilder()
                .setColumnName(column)
                .setEnable(true)
                .setAnalyzer(analyzer)
                .setBackend(FulltextBackend.BLOOM)
                .setGranularity(10240)
                .setFalsePositiveRate(0.01));
  }

  private static AlterTableExpr unsetFulltext() {
    return Requests.table()
        .setUnsetIndex(
            UnsetIndex.newBuilder().setFulltext(UnsetFulltext.newBuilder().setColumnName("msg")))
        .build();
  }

  private static AlterTableExpr dropDefaults(String... columns) {
    DropDefaults.Builder all = DropDefaults.newBuilder();
    for (String column : columns) {
      all.addDropDefaults(DropDefault.newBuilder().setColumnName(column));
    }
    return Requests.table().setDropDefaults(all).build();
  }

  private static ColumnDef.Builder tag(String name) {
    return Requests.column(name, ColumnDataType.STRING, SemanticType.TAG);
  }

  private static ColumnDef.Builder field(String name) {
    return Requests.column(name, ColumnDataType.FLOAT64, SemanticType.FIELD);
  }
}
