package io.metasrv.nodes.region;

import io.metasrv.domain.RegionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A region as it lies on storage.
 *
 * @param engine {@code mito}, {@code metric} or {@code file}
 * @param path {@code CATALOG/SCHEMA}
 * @param primaryKey column ids in key order
 * @param schemaVersion unsigned; grows with each change of columns
 * @param physicalRegion the region that holds the data of a logical region of the metric engine
 * @param data progress of the data
 * @param metadata progress of the metric engine's metadata region; unused by other engines
 */
public record RegionContent(
    String engine,
    String path,
    List<ColumnMetadata> columns,
    List<Long> primaryKey,
    long schemaVersion,
    String partitionExpression,
    Map<String, String> options,
    Optional<RegionId> physicalRegion,
    Progress data,
    Progress metadata) {

  static final String METRIC = "metric";

  public boolean isLogical() {
    return physicalRegion.isPresent();
  }

  public boolean isMetric() {
    return engine.equals(METRIC);
  }

  RegionContent withData(Progress changed) {
    return new RegionContent(
        engine,
        path,
        columns,
        primaryKey,
        schemaVersion,
        partitionExpression,
        options,
        physicalRegion,
        changed,
        metadata);
  }

  RegionContent withMetadata(Progress changed) {
    return new RegionContent(
        engine,
        path,
        columns,
        primaryKey,
        schemaVersion,
        partitionExpression,
        options,
        physicalRegion,
        data,
        changed);
  }

  /** The same region with other columns: one schema version and one manifest version on. */
  RegionContent withColumns(List<ColumnMetadata> changed, List<Long> key) {
    return new RegionContent(
        engine,
        path,
        List.copyOf(changed),
        List.copyOf(key),
        schemaVersion + 1,
        partitionExpression,
        options,
        physicalRegion,
        data.manifestChanged(),
        metadata);
  }

  RegionContent withOptions(Map<String, String> changed) {
    return new RegionContent(
        engine,
        path,
        columns,
        primaryKey,
        schemaVersion,
        partitionExpression,
        changed,
        physicalRegion,
        data,
        metadata);
  }

  RegionContent withPartitionExpression(String expression) {
    return new RegionContent(
        engine,
        path,
        columns,
        primaryKey,
        schemaVersion,
        expression,
        options,
        physicalRegion,
        data.manifestChanged(),
        metadata);
  }

  Optional<ColumnMetadata> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }
}
