package io.metasrv.application.ddl.alter;

import static io.metasrv.application.ddl.alter.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.table.ColumnSchema;
import io.metasrv.domain.table.DataType;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.protocol.v1.AlterTableExpr;
import io.metasrv.protocol.v1.ColumnDataType;
import io.metasrv.protocol.v1.DropDefault;
import io.metasrv.protocol.v1.DropDefaults;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Columns that go or get another type or lose their default (sheet 06 §10.1). */
class ColumnAlterationsTest {

  private static final ColumnSchema A = ColumnSchema.of("a", DataType.string(), true);
  private static final ColumnSchema B = ColumnSchema.of("b", DataType.string(), true);

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

  private static AlterTableExpr dropDefaults(String... columns) {
    DropDefaults.Builder all = DropDefaults.newBuilder();
    for (String column : columns) {
      all.addDropDefaults(DropDefault.newBuilder().setColumnName(column));
    }
    return Requests.table().setDropDefaults(all).build();
  }
}
