package io.metasrv.domain.table.alter;

import io.metasrv.domain.table.TimeToLive;
import java.util.Optional;

/** One option of a table that is set or unset (sheet 06 §10.1). */
public sealed interface OptionChange {

  /**
   * How long rows are kept.
   *
   * @param ttl empty: as the schema says
   */
  record Ttl(Optional<TimeToLive> ttl) implements OptionChange {}

  /**
   * One of the compaction options.
   *
   * @param key its full name
   * @param value empty: removed
   */
  record Twcs(String key, String value) implements OptionChange {}

  /** The format of data files. */
  record SstFormat(String format) implements OptionChange {}

  /** Whether rows are only ever appended. */
  record AppendMode(boolean append) implements OptionChange {}
}
