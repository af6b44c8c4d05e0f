package io.metasrv.domain.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.domain.TableId;
import io.metasrv.domain.UnknownMembers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Columns of logical tables and of the regions behind them (sheet 06 §10.3–10.5). */
class LogicalAndRegionColumnsTest {

  private static final ColumnSchema TS =
      ColumnSchema.of("ts", new DataType.Timestamp(TimeUnit.MILLISECOND), false).asTimeIndex();

  private static ColumnSchema text(String name) {
    return ColumnSchema.of(name, DataType.string(), true);
  }

  private static TableInfo table(
      List<ColumnSchema> columns, List<Integer> key, List<Integer> partition, List<Long> ids) {
    TableMeta meta =
        new TableMeta(
            new Schema(columns, 4, UnknownMembers.NONE),
            key,
            List.of(),
            "metric",
            9,
            TableOptions.none(),
            Instant.EPOCH,
            Instant.EPOCH,
            partition,
            ids,
            UnknownMembers.NONE);
    return new TableInfo(
        TableIdent.of(new TableId(1024)),
        "t",
        Optional.empty(),
        "greptime",
        "public",
        meta,
        TableType.BASE,
        UnknownMembers.NONE);
  }

  private static List<String> names(TableInfo info) {
    return info.meta().schema().columns().stream().map(ColumnSchema::name).toList();
  }

  @Test
  void sortingMovesIndicesAndIdsAlong() {
    TableMeta sorted =
        LogicalColumns.sorted(
                table(
                    List.of(TS, text("b"), text("a"), text("\u00e9")),
                    List.of(3, 1),
                    List.of(1),
                    List.of(0L, 1L, 2L, 3L)))
            .meta();
    assertThat(sorted.schema().columns().stream().map(ColumnSchema::name))
        .containsExactly("a", "b", "ts", "\u00e9");
    assertThat(sorted.schema().version()).isEqualTo(4);
    assertThat(sorted.primaryKeyIndices()).containsExactly(1, 3);
    assertThat(sorted.valueIndices()).containsExactly(0, 2);
    assertThat(sorted.partitionKeyIndices()).containsExactly(1);
    assertThat(sorted.columnIds()).containsExactly(2L, 1L, 0L, 3L);
  }

  @Test
  void namesAreOrderedByTheirBytesAndNotByTheirCharacters() {
    // UTF-16 would put the pair of surrogates before U+FF5E.
    String beyond = "\ud83d\ude00";
    assertThat(
            names(
                LogicalColumns.sorted(
                    table(
                        List.of(text(beyond), text("\uff5e"), TS),
                        List.of(),
                        List.of(),
                        List.of()))))
        .containsExactly("ts", "\uff5e", beyond);
  }

  @Test
  void idsThatDidNotFitTheColumnsAreDropped() {
    TableInfo info = table(List.of(TS, text("a")), List.of(1), List.of(), List.of(7L));
    assertThat(LogicalColumns.sorted(info).meta().columnIds()).isEmpty();
  }

  @Test
  void missingPartitionColumnsJoinTheKey() {
    TableInfo info = table(List.of(TS, text("a")), List.of(1), List.of(), List.of());
    TableInfo completed = LogicalColumns.withPartitionColumns(info, List.of("a", "zone"));
    assertThat(names(completed)).containsExactly("ts", "a", "zone");
    assertThat(completed.meta().primaryKeyIndices()).containsExactly(1, 2);
    assertThat(completed.meta().schema().version()).isZero();
    assertThat(completed.meta().schema().columns().getLast()).isEqualTo(text("zone"));
    assertThat(LogicalColumns.withPartitionColumns(info, List.of("a"))).isEqualTo(info);
  }

  @Test
  void aPhysicalTableGetsTheColumnsOfItsRegions() {
    TableInfo before = table(List.of(TS, text("a")), List.of(1), List.of(1), List.of());
    TableInfo after =
        RegionColumns.physical(
            before,
            List.of(
                new ColumnMetadata(TS, SemanticType.TIMESTAMP, 0),
                new ColumnMetadata(text("a"), SemanticType.TAG, 1),
                new ColumnMetadata(text("__tsid"), SemanticType.TAG, 2147483651L),
                new ColumnMetadata(text("v"), SemanticType.FIELD, 2),
                new ColumnMetadata(text("b"), SemanticType.TAG, 3)));
    assertThat(names(after)).containsExactly("ts", "a", "__tsid", "v", "b");
    assertThat(after.meta().primaryKeyIndices()).containsExactly(1, 2, 4);
    assertThat(after.meta().valueIndices()).containsExactly(0, 3);
    assertThat(after.meta().columnIds()).containsExactly(0L, 1L, 2147483651L, 2L, 3L);
    assertThat(after.meta().schema().version()).isEqualTo(4);
    assertThat(after.meta().nextColumnId()).isEqualTo(9);
    assertThat(after.ident()).isEqualTo(before.ident());
  }

  @Test
  void columnIdsFollowTheTableOrAreNotGiven() {
    Schema schema = Schema.of(List.of(TS, text("a")));
    ColumnMetadata ts = new ColumnMetadata(TS, SemanticType.TIMESTAMP, 5);
    ColumnMetadata a = new ColumnMetadata(text("a"), SemanticType.TAG, 3);
    ColumnMetadata b = new ColumnMetadata(text("b"), SemanticType.TAG, 4);
    assertThat(RegionColumns.columnIds(schema, List.of(a, ts))).contains(List.of(5L, 3L));
    assertThat(RegionColumns.columnIds(schema, List.of(b, ts))).isEmpty();
    assertThat(RegionColumns.columnIds(schema, List.of(a, b, ts))).isEmpty();
    assertThat(RegionColumns.columnIds(schema, List.of(a, a))).isEmpty();
  }
}
