package io.metasrv.application.wire;

import io.metasrv.domain.heartbeat.DatanodeStat;
import io.metasrv.domain.heartbeat.RegionStat;
import io.metasrv.domain.heartbeat.RegionStatistic;
import io.metasrv.protocol.v1.ColumnDataType;
import io.metasrv.protocol.v1.ColumnSchema;
import io.metasrv.protocol.v1.GreptimeRequest;
import io.metasrv.protocol.v1.RequestHeader;
import io.metasrv.protocol.v1.Row;
import io.metasrv.protocol.v1.RowInsertRequest;
import io.metasrv.protocol.v1.RowInsertRequests;
import io.metasrv.protocol.v1.Rows;
import io.metasrv.protocol.v1.SemanticType;
import io.metasrv.protocol.v1.Value;
import java.util.List;
import java.util.function.ToLongFunction;

/** Rows of the table {@code region_statistics_history} (sheet 04 §11). */
public final class RegionStatRows {

  private static final String CATALOG = "greptime";
  private static final String SCHEMA = "greptime_private";
  private static final String TABLE = "region_statistics_history";

  private static final List<ColumnSchema> COLUMNS =
      List.of(
          field("table_id", ColumnDataType.UINT32),
          field("region_id", ColumnDataType.UINT64),
          field("region_number", ColumnDataType.UINT32),
          field("manifest_size", ColumnDataType.UINT64),
          field("datanode_id", ColumnDataType.UINT64),
          field("engine", ColumnDataType.STRING),
          field("num_rows", ColumnDataType.UINT64),
          field("sst_num", ColumnDataType.UINT64),
          field("sst_size", ColumnDataType.UINT64),
          field("write_bytes_delta", ColumnDataType.UINT64),
          ColumnSchema.newBuilder()
              .setColumnName("greptime_timestamp")
              .setDatatype(ColumnDataType.TIMESTAMP_MILLISECOND)
              .setSemanticType(SemanticType.TIMESTAMP)
              .build());

  private RegionStatRows() {}

  private static ColumnSchema field(String name, ColumnDataType type) {
    return ColumnSchema.newBuilder()
        .setColumnName(name)
        .setDatatype(type)
        .setSemanticType(SemanticType.FIELD)
        .build();
  }

  /**
   * The insert of one row for each region the datanode leads.
   *
   * @param timestampMillis the time of all rows
   * @param writtenDelta bytes written to a region since its last row
   */
  public static GreptimeRequest insert(
      DatanodeStat stat, long timestampMillis, ToLongFunction<RegionStat> writtenDelta) {
    Rows.Builder rows = Rows.newBuilder().addAllSchema(COLUMNS);
    for (RegionStat region : stat.regions()) {
      if (region.role().countsAsLeader()) {
        rows.addRows(row(stat.id(), region, timestampMillis, writtenDelta.applyAsLong(region)));
      }
    }
    return GreptimeRequest.newBuilder()
        .setHeader(RequestHeader.newBuilder().setCatalog(CATALOG).setSchema(SCHEMA))
        .setRowInserts(
            RowInsertRequests.newBuilder()
                .addInserts(RowInsertRequest.newBuilder().setTableName(TABLE).setRows(rows)))
        .build();
  }

  private static Row row(long datanodeId, RegionStat region, long timestampMillis, long delta) {
    RegionStatistic statistic = region.statistic();
    return Row.newBuilder()
        .addValues(unsigned32(region.id().table().value()))
        .addValues(unsigned(region.id().value()))
        .addValues(unsigned32(region.id().regionNumber()))
        .addValues(unsigned(statistic.manifestSize()))
        .addValues(unsigned(datanodeId))
        .addValues(Value.newBuilder().setStringValue(region.engine()))
        .addValues(unsigned(statistic.rows()))
        .addValues(unsigned(statistic.sstCount()))
        .addValues(unsigned(statistic.sstSize()))
        .addValues(unsigned(delta))
        .addValues(Value.newBuilder().setTimestampMillisecondValue(timestampMillis))
        .build();
  }

  private static Value unsigned(long value) {
    return Value.newBuilder().setU64Value(value).build();
  }

  private static Value unsigned32(long value) {
    return Value.newBuilder().setU32Value((int) value).build();
  }
}
