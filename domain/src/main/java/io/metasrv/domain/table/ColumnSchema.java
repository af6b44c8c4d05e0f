package io.metasrv.domain.table;

import io.metasrv.domain.Maps;
import io.metasrv.domain.UnknownMembers;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A column (sheet 03 §5.4).
 *
 * @param name unique in its table
 * @param dataType its type
 * @param nullable whether a row may have nothing there
 * @param timeIndex whether it is the table's time
 * @param defaultConstraint what rows get that say nothing
 * @param metadata see {@link ColumnMetadataKeys}
 * @param unknown members kept for others
 */
public record ColumnSchema(
    String name,
    DataType dataType,
    boolean nullable,
    boolean timeIndex,
    Optional<ColumnDefault> defaultConstraint,
    SequencedMap<String, String> metadata,
    UnknownMembers unknown) {

  public ColumnSchema {
    metadata = Maps.copyOf(metadata);
  }

  /** A column without default, metadata and unknown members. */
  public static ColumnSchema of(String name, DataType dataType, boolean nullable) {
    return new ColumnSchema(
        name, dataType, nullable, false, Optional.empty(), Maps.empty(), UnknownMembers.NONE);
  }

  /** This column with another type. */
  public ColumnSchema withDataType(DataType changed) {
    return new ColumnSchema(
        name, changed, nullable, timeIndex, defaultConstraint, metadata, unknown);
  }

  /** This column with another default, or none. */
  public ColumnSchema withDefault(Optional<ColumnDefault> changed) {
    return new ColumnSchema(name, dataType, nullable, timeIndex, changed, metadata, unknown);
  }

  /** This column as a time index, with the metadata that goes with it. */
  public ColumnSchema asTimeIndex() {
    return new ColumnSchema(name, dataType, nullable, true, defaultConstraint, metadata, unknown)
        .withMetadata(ColumnMetadataKeys.TIME_INDEX, "true");
  }

  /** This column with other metadata. */
  public ColumnSchema withMetadata(SequencedMap<String, String> changed) {
    return new ColumnSchema(
        name, dataType, nullable, timeIndex, defaultConstraint, changed, unknown);
  }

  /** This column with one entry of its metadata set. */
  public ColumnSchema withMetadata(String key, String value) {
    LinkedHashMap<String, String> changed = new LinkedHashMap<>(metadata);
    changed.put(key, value);
    return withMetadata(changed);
  }

  /** This column without one entry of its metadata. */
  public ColumnSchema withoutMetadata(String key) {
    LinkedHashMap<String, String> changed = new LinkedHashMap<>(metadata);
    changed.remove(key);
    return withMetadata(changed);
  }
}
