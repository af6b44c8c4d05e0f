package io.metasrv.application.ddl.task;

import io.metasrv.application.ddl.database.DatabaseAlteration;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.table.TableOptions;
import io.metasrv.domain.table.TimeToLive;
import io.metasrv.protocol.v1.AlterDatabaseExpr;
import java.util.List;
import java.util.Locale;

/** Which options of databases can be altered, and how their values are read (sheet 06 §14). */
final class DatabaseOptionReader {

  private static final List<String> OTHERS =
      List.of(
          "storage",
          "memtable.type",
          "memtable.bulk.merge_threshold",
          "memtable.bulk.encode_row_threshold",
          "memtable.bulk.encode_bytes_threshold",
          "memtable.bulk.max_merge_groups",
          "append_mode",
          "merge_mode",
          "skip_wal",
          "compaction.type",
          "compaction.twcs.fallback_to_local",
          "compaction.twcs.time_window",
          "compaction.twcs.trigger_file_num",
          "compaction.twcs.max_output_file_size",
          "sst_format");

  private DatabaseOptionReader() {}

  /**
   * What is done to the options.
   *
   * @throws ServiceException (InvalidArguments) if nothing is, or an option or value is unknown
   */
  static DatabaseAlteration read(AlterDatabaseExpr expr) {
    return switch (expr.getKindCase()) {
      case SET_DATABASE_OPTIONS ->
          new DatabaseAlteration.Set(
              expr.getSetDatabaseOptions().getSetDatabaseOptionsList().stream()
                  .map(option -> setting(lower(option.getKey()), option.getValue()))
                  .toList());
      case UNSET_DATABASE_OPTIONS ->
          new DatabaseAlteration.Unset(
              expr.getUnsetDatabaseOptions().getKeysList().stream()
                  .map(key -> option(lower(key)))
                  .toList());
      case KIND_NOT_SET ->
          throw ServiceException.invalidArguments(
              "ALTER DATABASE %s.%s says nothing about what to alter: 'kind' is absent"
                  .formatted(expr.getCatalogName(), expr.getSchemaName()));
    };
  }

  private static String lower(String key) {
    return key.toLowerCase(Locale.ROOT);
  }

  private static DatabaseAlteration.Setting setting(String key, String value) {
    if (key.equals(TableOptions.TTL)) {
      return new DatabaseAlteration.Setting.Ttl(ttl(key, value));
    }
    if (OTHERS.contains(key)) {
      return new DatabaseAlteration.Setting.Other(key, value);
    }
    throw ServiceException.invalidArguments(invalid(key, value));
  }

  private static TimeToLive ttl(String key, String value) {
    TimeToLive ttl;
    try {
      ttl = TimeToLive.ofUser(value);
    } catch (IllegalArgumentException e) {
      throw new ServiceException(StatusCode.INVALID_ARGUMENTS, invalid(key, value), e);
    }
    if (ttl instanceof TimeToLive.Instant) {
      throw ServiceException.invalidArguments(invalid(key, value));
    }
    return ttl;
  }

  private static String invalid(String key, String value) {
    return "Invalid set database option, key: %s, value: %s".formatted(key, value);
  }

  private static DatabaseAlteration.Option option(String key) {
    if (key.equals(TableOptions.TTL)) {
      return new DatabaseAlteration.Option.Ttl();
    }
    if (OTHERS.contains(key)) {
      return new DatabaseAlteration.Option.Other(key);
    }
    throw ServiceException.invalidArguments("Invalid unset database option, key: " + key);
  }
}
