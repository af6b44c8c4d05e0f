package io.metasrv.application.ddl.alter;

import io.metasrv.domain.Maps;
import io.metasrv.domain.TableId;
import io.metasrv.domain.UnknownMembers;
import io.metasrv.domain.table.ColumnSchema;
import io.metasrv.domain.table.DataType;
import io.metasrv.domain.table.Schema;
import io.metasrv.domain.table.TableIdent;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableMeta;
import io.metasrv.domain.table.TableOptions;
import io.metasrv.domain.table.TableType;
import io.metasrv.domain.table.TimeUnit;
import io.metasrv.domain.table.alter.Alterations;
import io.metasrv.protocol.v1.AlterTableExpr;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tables to alter. */
final class Tables {

  static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant NOW = Instant.parse("2026-02-03T04:05:06.000000007Z");
  static final ColumnSchema TS =
      ColumnSchema.of("ts", new DataType.Timestamp(TimeUnit.MILLISECOND), false).asTimeIndex();
  static final ColumnSchema V = ColumnSchema.of("v", DataType.Kind.FLOAT64.type(), true);

  private Tables() {}

  /** Table {@code t} of schema {@code public}; column ids 0, 1, …. */
  static TableInfo of(List<ColumnSchema> columns, List<Integer> key, List<Integer> partition) {
    TableMeta meta =
        new TableMeta(
            Schema.of(columns),
            key,
            List.of(),
            "mito",
            columns.size(),
            TableOptions.none(),
            CREATED,
            CREATED,
            partition,
            List.of(),
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

  /** Time and value only. */
  static TableInfo plain() {
    return of(List.of(TS, V), List.of(), List.of());
  }

  /** Time and one column of the type. */
  static TableInfo with(String name, DataType type) {
    return of(List.of(TS, ColumnSchema.of(name, type, true)), List.of(), List.of());
  }

  static TableInfo withOptions(TableInfo info, Map<String, String> options) {
    return info.withMeta(
        info.meta()
            .withOptions(
                info.meta().options().withExtraOptions(Maps.copyOf(new LinkedHashMap<>(options)))));
  }

  static TableInfo alter(TableInfo info, AlterTableExpr request) {
    return new Alterations(StoredJson.TEXTS).apply(info, AlterExpressions.fromWire(request), NOW);
  }

  static List<String> names(TableInfo info) {
    return info.meta().schema().columns().stream().map(ColumnSchema::name).toList();
  }
}
