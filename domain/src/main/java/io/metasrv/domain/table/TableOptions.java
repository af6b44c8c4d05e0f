package io.metasrv.domain.table;

import io.metasrv.domain.Maps;
import io.metasrv.domain.UnknownMembers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Options of a table (sheet 03 §5.8).
 *
 * @param writeBufferSize size of the write buffer
 * @param ttl how long rows are kept; empty: as the schema says
 * @param skipWal whether writes are not logged
 * @param extraOptions everything else, {@code skip_wal} again among it
 * @param unknown members kept for others
 */
public record TableOptions(
    Optional<ReadableSize> writeBufferSize,
    Optional<TimeToLive> ttl,
    boolean skipWal,
    SequencedMap<String, String> extraOptions,
    UnknownMembers unknown) {

  /** Option name of the write buffer. */
  public static final String WRITE_BUFFER_SIZE = "write_buffer_size";

  /** Option name of the time to live. */
  public static final String TTL = "ttl";

  /** Option name of the missing log. */
  public static final String SKIP_WAL = "skip_wal";

  /** Option name of the comment. */
  public static final String COMMENT = "comment";

  public TableOptions {
    extraOptions = Maps.copyOf(extraOptions);
  }

  /** No option given. */
  public static TableOptions none() {
    return new TableOptions(
        Optional.empty(), Optional.empty(), false, Maps.empty(), UnknownMembers.NONE);
  }

  /**
   * From what a user gave.
   *
   * @throws IllegalArgumentException if one of the three typed options cannot be read
   */
  public static TableOptions ofUser(Map<String, String> given) {
    LinkedHashMap<String, String> extra = new LinkedHashMap<>(given);
    Optional<ReadableSize> buffer =
        Optional.ofNullable(extra.remove(WRITE_BUFFER_SIZE)).map(ReadableSize::parse);
    Optional<TimeToLive> ttl = Optional.ofNullable(extra.remove(TTL)).map(TimeToLive::ofUser);
    return new TableOptions(buffer, ttl, flag(extra), extra, UnknownMembers.NONE);
  }

  private static boolean flag(Map<String, String> options) {
    String skip = options.getOrDefault(SKIP_WAL, "false");
    return switch (skip) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "option skip_wal is \"" + skip + "\"; expected \"true\" or \"false\"");
    };
  }

  /** The options of the table's regions, as text. */
  public SequencedMap<String, String> toRegionOptions() {
    LinkedHashMap<String, String> options = new LinkedHashMap<>();
    writeBufferSize.ifPresent(size -> options.put(WRITE_BUFFER_SIZE, size.displayText()));
    ttl.ifPresent(value -> options.put(TTL, value.text()));
    options.putAll(extraOptions);
    return Maps.copyOf(options);
  }

  /** With another time to live, or none. */
  public TableOptions withTtl(Optional<TimeToLive> changed) {
    return new TableOptions(writeBufferSize, changed, skipWal, extraOptions, unknown);
  }

  /** With other untyped options. */
  public TableOptions withExtraOptions(SequencedMap<String, String> changed) {
    return new TableOptions(writeBufferSize, ttl, skipWal, changed, unknown);
  }

  /** With one untyped option set. */
  public TableOptions withExtraOption(String key, String value) {
    LinkedHashMap<String, String> changed = new LinkedHashMap<>(extraOptions);
    changed.put(key, value);
    return withExtraOptions(changed);
  }

  /** Without one untyped option. */
  public TableOptions withoutExtraOption(String key) {
    LinkedHashMap<String, String> changed = new LinkedHashMap<>(extraOptions);
    changed.remove(key);
    return withExtraOptions(changed);
  }
}
