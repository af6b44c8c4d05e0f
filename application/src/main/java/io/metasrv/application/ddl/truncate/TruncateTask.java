package io.metasrv.application.ddl.truncate;

import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.ddl.json.DdlJson;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.TableId;
import io.metasrv.domain.table.TableName;
import io.metasrv.domain.table.TimeUnit;
import io.metasrv.protocol.v1.TimeRanges;
import io.metasrv.protocol.v1.TruncateTableExpr;
import io.metasrv.protocol.v1.meta.TruncateTableTask;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table to empty (sheet 06 §2).
 *
 * @param ranges the times whose rows go; none: all rows
 */
record TruncateTask(TableName name, TableId table, List<TimeRange> ranges) {

  TruncateTask {
    ranges = List.copyOf(ranges);
  }

  static TruncateTask of(TruncateTableTask task) {
    if (!task.hasTruncateTable()) {
      throw DdlErrors.invalidProto("expected truncate table");
    }
    TruncateTableExpr expr = task.getTruncateTable();
    if (!expr.hasTableId()) {
      throw DdlErrors.invalidProto("expected table_id");
    }
    return new TruncateTask(
        new TableName(expr.getCatalogName(), expr.getSchemaName(), expr.getTableName()),
        new TableId(Integer.toUnsignedLong(expr.getTableId().getId())),
        ranges(expr.getTimeRanges()));
  }

  private static List<TimeRange> ranges(TimeRanges message) {
    if (message.getTimeRangesCount() == 0) {
      return List.of();
    }
    TimeUnit unit =
        switch (message.getTimeUnit()) {
          case SECOND -> TimeUnit.SECOND;
          case MILLISECOND -> TimeUnit.MILLISECOND;
          case MICROSECOND -> TimeUnit.MICROSECOND;
          case NANOSECOND -> TimeUnit.NANOSECOND;
          case UNRECOGNIZED ->
              throw DdlErrors.convertTimeRanges(
                  "unknown unit of time " + message.getTimeUnitValue());
        };
    return message.getTimeRangesList().stream()
        .map(
            range ->
                new TimeRange(
                    new TimeRange.Moment(range.getStart(), unit),
                    new TimeRange.Moment(range.getEnd(), unit)))
        .toList();
  }

  /** The ranges as regions are told; only if there are any. */
  TimeRanges rangesOfRegions() {
    TimeUnit unit = ranges.getFirst().start().unit();
    if (ranges.stream()
        .flatMap(range -> Stream.of(range.start(), range.end()))
        .anyMatch(moment -> moment.unit() != unit)) {
      throw DdlErrors.convertTimeRanges(
          "expected all of them in one unit of time, found " + ranges);
    }
    TimeRanges.Builder message =
        TimeRanges.newBuilder()
            .setTimeUnit(
                switch (unit) {
                  case SECOND -> io.metasrv.protocol.v1.TimeUnit.SECOND;
                  case MILLISECOND -> io.metasrv.protocol.v1.TimeUnit.MILLISECOND;
                  case MICROSECOND -> io.metasrv.protocol.v1.TimeUnit.MICROSECOND;
                  case NANOSECOND -> io.metasrv.protocol.v1.TimeUnit.NANOSECOND;
                });
    for (TimeRange range : ranges) {
      message.addTimeRanges(
          io.metasrv.protocol.v1.TimeRange.newBuilder()
              .setStart(range.start().value())
              .setEnd(range.end().value()));
    }
    return message.build();
  }

  void write(JsonWriter out) {
    out.beginObject()
        .member("catalog", name.catalog())
        .member("schema", name.schema())
        .member("table", name.table())
        .member("table_id", table.value())
        .name("time_ranges")
        .array(ranges, (each, range) -> range.write(each))
        .endObject();
  }

  static TruncateTask read(JsonValue json) {
    JsonValue.Object object = json.asObject();
    return new TruncateTask(
        new TableName(object.text("catalog"), object.text("schema"), object.text("table")),
        DdlJson.readTableId(object.require("table_id")),
        object.require("time_ranges").asArray().stream().map(TimeRange::read).toList());
  }
}
