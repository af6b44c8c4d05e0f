package io.metasrv.application.ddl.alter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.metadata.codec.DatanodeTableCodec;
import io.metasrv.application.metadata.codec.TableInfoValueCodec;
import io.metasrv.domain.table.ColumnMetadata;
import io.metasrv.domain.table.ColumnSchema;
import io.metasrv.domain.table.DataType;
import io.metasrv.domain.table.DatanodeTable;
import io.metasrv.domain.table.LogicalColumns;
import io.metasrv.domain.table.RegionColumns;
import io.metasrv.domain.table.SemanticType;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableInfoValue;
import io.metasrv.domain.table.alter.Alterations;
import io.metasrv.domain.table.alter.TableAlteration;
import io.metasrv.protocol.v1.AlterTableExpr;
import io.metasrv.protocol.v1.ColumnDataType;
import io.metasrv.protocol.v1.SetIndex;
import io.metasrv.protocol.v1.SetInverted;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each ALTER of the recordings: from what was stored before to what was stored after. */
class RecordedAltersTest {

  private static final Alterations ALTERATIONS = new Alterations(StoredJson.TEXTS);
  private static final String T1 = "__table_info/1025";
  private static final String DN_T1 = "__dn_table/1/1025";

  @Test
  void sql11_addColumnsWithDefaultAndAsKey() {
    AlterTableExpr request =
        Requests.add(
            Requests.add(
                Requests.column(
                        "disk", ColumnDataType.FLOAT64, io.metasrv.protocol.v1.SemanticType.FIELD)
                    .setDefaultConstraint(
                        ByteString.copyFromUtf8("{\"Value\":{\"Float64\":0.0}}"))),
            Requests.add(
                Requests.column(
                    "tag2", ColumnDataType.STRING, io.metasrv.protocol.v1.SemanticType.TAG)));
    assertRecorded("11_alter_add_column", T1, DN_T1, request, List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L));
  }

  @Test
  void sql12_dropColumn() {
    assertRecorded(
        "12_alter_drop_column", T1, DN_T1, Requests.drop("disk"), List.of(0L, 1L, 2L, 3L, 4L, 6L));
  }

  @Test
  void sql13_modifyTypeCastsTheDefault() {
    assertRecorded(
        "13_alter_modify_column",
        T1,
        DN_T1,
        Requests.modify("cpu", ColumnDataType.STRING),
        List.of(0L, 1L, 2L, 3L, 4L, 6L));
  }

  @Test
  void sql14_setTtl() {
    assertRecorded(
        "14_alter_set_option",
        T1,
        DN_T1,
        Requests.set("ttl", "3d"),
        List.of(0L, 1L, 2L, 3L, 4L, 6L));
  }

  @Test
  void sql15_unsetTtl() {
    assertRecorded(
        "15_alter_unset_option", T1, DN_T1, Requests.unset("ttl"), List.of(0L, 1L, 2L, 3L, 4L, 6L));
  }

  @Test
  void sql16_setInvertedIndex() {
    assertRecorded(
        "16_alter_set_index",
        T1,
        DN_T1,
        Requests.index(
            SetIndex.newBuilder().setInverted(SetInverted.newBuilder().setColumnName("host"))),
        List.of(0L, 1L, 2L, 3L, 4L, 6L));
  }

  @Test
  void sql17_rename() {
    assertRecorded("17_alter_rename", T1, DN_T1, Requests.rename("t1r"), List.of());
  }

  @Test
  void sql19_addColumnToLogicalTable() {
    String statement = "19_alter_logical";
    String logical = "__table_info/1029";
    String physical = "__table_info/1028";
    TableInfoValue before = RecordedAlters.infoBefore(statement, logical);
    TableAlteration.AddColumns request =
        AlterExpressions.addColumns(
            Requests.add(
                    Requests.add(
                        Requests.column(
                            "zone",
                            ColumnDataType.STRING,
                            io.metasrv.protocol.v1.SemanticType.TAG)))
                .getAddColumns());
    Instant moment = RecordedAlters.infoAfter(statement, logical).info().meta().updatedOn();
    TableInfo altered =
        LogicalColumns.sorted(ALTERATIONS.applyLogical(before.info(), request, moment));
    assertSame(before.next(altered), RecordedAlters.after(statement, logical));

    TableInfoValue physicalBefore = RecordedAlters.infoBefore(statement, physical);
    TableInfoValue physicalAfter = RecordedAlters.infoAfter(statement, physical);
    TableInfo rewritten =
        RegionColumns.physical(physicalBefore.info(), returned(physicalAfter.info()));
    assertSame(physicalBefore.next(rewritten), RecordedAlters.after(statement, physical));
    assertDatanodeTable(statement, "__dn_table/1/1028", rewritten);
  }

  @Test
  void call31_addColumn() {
    AlterTableExpr request =
        Requests.add(
            Requests.add(
                Requests.column(
                    "mem", ColumnDataType.FLOAT64, io.metasrv.protocol.v1.SemanticType.FIELD)));
    assertRecorded(
        "31_ddl_alter_add_column",
        "__table_info/1024",
        "__dn_table/1/1024",
        request,
        List.of(0L, 1L, 2L, 3L));
  }

  @Test
  void call32_rename() {
    assertRecorded(
        "32_ddl_alter_rename",
        "__table_info/1024",
        "__dn_table/1/1024",
        Requests.rename("t1r"),
        List.of());
  }

  private static void assertRecorded(
      String statement,
      String infoKey,
      String datanodeKey,
      AlterTableExpr request,
      List<Long> columnIds) {
    TableInfoValue before = RecordedAlters.infoBefore(statement, infoKey);
    Instant moment = RecordedAlters.infoAfter(statement, infoKey).info().meta().updatedOn();
    TableInfo altered =
        ALTERATIONS.apply(before.info(), AlterExpressions.fromWire(request), moment);
    TableInfo after =
        columnIds.isEmpty() ? altered : altered.withMeta(altered.meta().withColumnIds(columnIds));
    assertSame(before.next(after), RecordedAlters.after(statement, infoKey));
    assertDatanodeTable(statement, datanodeKey, after);
  }

  private static void assertSame(TableInfoValue ours, String recorded) {
    assertThat(RecordedAlters.canonical(TableInfoValueCodec.CODEC.encodeText(ours)))
        .isEqualTo(RecordedAlters.canonical(recorded));
  }

  /** Datanodes learn the options of the altered table, and nothing else. */
  private static void assertDatanodeTable(String statement, String key, TableInfo after) {
    DatanodeTable before =
        DatanodeTableCodec.CODEC.read(JsonReader.read(RecordedAlters.before(statement, key)));
    DatanodeTable changed =
        before.with(
            before.regions(), before.info().withOptions(after.meta().options().toRegionOptions()));
    assertThat(RecordedAlters.canonical(DatanodeTableCodec.CODEC.encodeText(changed)))
        .isEqualTo(RecordedAlters.canonical(RecordedAlters.after(statement, key)));
  }

  /** What the physical regions must have returned. */
  private static List<ColumnMetadata> returned(TableInfo physical) {
    List<ColumnSchema> columns = physical.meta().schema().columns();
    return IntStream.range(0, columns.size())
        .mapToObj(
            i ->
                new ColumnMetadata(
                    columns.get(i), semantic(columns.get(i)), physical.meta().columnIds().get(i)))
        .toList();
  }

  private static SemanticType semantic(ColumnSchema column) {
    if (column.timeIndex()) {
      return SemanticType.TIMESTAMP;
    }
    return column.dataType().equals(DataType.Kind.FLOAT64.type())
        ? SemanticType.FIELD
        : SemanticType.TAG;
  }
}
