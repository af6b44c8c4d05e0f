package io.metasrv.application.ddl.alter;

import static io.metasrv.application.ddl.alter.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.table.ColumnMetadataKeys;
import io.metasrv.domain.table.ColumnSchema;
import io.metasrv.domain.table.DataType;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableMeta;
import io.metasrv.protocol.v1.AlterTableExpr;
import io.metasrv.protocol.v1.ColumnDataType;
import io.metasrv.protocol.v1.ColumnDef;
import io.metasrv.protocol.v1.SemanticType;
import io.metasrv.protocol.v1.region.AddColumn;
import io.metasrv.protocol.v1.region.AlterRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** New columns (sheet 06 §10.1). */
class AddColumnsTest {

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

  private static ColumnDef.Builder tag(String name) {
    return Requests.column(name, ColumnDataType.STRING, SemanticType.TAG);
  }

  private static ColumnDef.Builder field(String name) {
    return Requests.column(name, ColumnDataType.FLOAT64, SemanticType.FIELD);
  }
}
