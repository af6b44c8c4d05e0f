package io.metasrv.domain.table;

import io.metasrv.domain.Maps;
import io.metasrv.domain.UnknownMembers;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What is stored of a schema (sheet 03 §3.2).
 *
 * @param ttl how long rows of its tables are kept; never {@link TimeToLive.Instant}
 * @param extraOptions other options, lower-case keys
 * @param unknown members kept for others
 */
public record SchemaOptions(
    Optional<TimeToLive> ttl, SequencedMap<String, String> extraOptions, UnknownMembers unknown) {

  public SchemaOptions {
    extraOptions = Maps.copyOf(extraOptions);
    if (ttl.isPresent() && ttl.get() instanceof TimeToLive.Instant) {
      throw new IllegalArgumentException("the ttl of a schema cannot be `instant`");
    }
  }

  /** No options. */
  public static SchemaOptions none() {
    return new SchemaOptions(Optional.empty(), Maps.empty(), UnknownMembers.NONE);
  }

  /**
   * From the options of CREATE DATABASE: the time to live must be a duration.
   *
   * @throws ServiceException (Unexpected, {@code ParseOption}) if it is none
   */
  public static SchemaOptions ofCreate(Map<String, String> given) {
    LinkedHashMap<String, String> extra = new LinkedHashMap<>(given);
    Optional<TimeToLive> ttl =
        Optional.ofNullable(extra.remove(TableOptions.TTL)).map(SchemaOptions::parseTtl);
    return new SchemaOptions(ttl, extra, UnknownMembers.NONE);
  }

  private static TimeToLive parseTtl(String text) {
    try {
      return TimeToLive.ofDuration(text);
    } catch (IllegalArgumentException e) {
      throw new ServiceException(
          StatusCode.UNEXPECTED, "Failed to parse value " + text + " into key ttl", e);
    }
  }

  /** As options again. */
  public SequencedMap<String, String> toOptions() {
    LinkedHashMap<String, String> options = new LinkedHashMap<>();
    ttl.ifPresent(value -> options.put(TableOptions.TTL, value.text()));
    options.putAll(extraOptions);
    return Maps.copyOf(options);
  }

  /** With another time to live, or none. */
  public SchemaOptions withTtl(Optional<TimeToLive> changed) {
    return new SchemaOptions(changed, extraOptions, unknown);
  }

  /** With other untyped options. */
  public SchemaOptions withExtraOptions(SequencedMap<String, String> changed) {
    return new SchemaOptions(ttl, changed, unknown);
  }
}
