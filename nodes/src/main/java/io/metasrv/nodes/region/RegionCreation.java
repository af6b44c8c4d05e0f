package io.metasrv.nodes.region;

import com.google.protobuf.ByteString;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.time.MonotonicTime;
import io.metasrv.protocol.v1.region.CreateRequest;
import io.metasrv.protocol.v1.region.RegionResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Creates regions: of mito and file, physical and logical ones of the metric engine. A created
 * region is writable at once (sheet 04, summary 2).
 */
final class RegionCreation {

  private static final String ON_PHYSICAL_TABLE = "on_physical_table";
  // Ids and form of the metric engine's own columns, as recorded in kv-after-each-sql/07.
  private static final ColumnMetadata METRIC_TABLE_ID =
      new ColumnMetadata(
          "__table_id",
          "{\"UInt32\":{}}",
          false,
          "null",
          new TreeMap<>(
              Map.of(
                  "greptime:skipping_index",
                  "{\"granularity\":1024,\"false-positive-rate-in-10000\":100,"
                      + "\"index-type\":\"BloomFilter\"}")),
          ColumnMetadata.TAG,
          2_147_483_652L);
  private static final ColumnMetadata METRIC_SERIES_ID =
      new ColumnMetadata(
          "__tsid",
          "{\"UInt64\":{}}",
          false,
          "null",
          new TreeMap<>(),
          ColumnMetadata.TAG,
          2_147_483_651L);

  private final RegionHost host;

  RegionCreation(RegionHost host) {
    this.host = host;
  }

  RegionResponse create(CreateRequest request, MonotonicTime now) {
    RegionId region = new RegionId(request.getRegionId());
    if (request.getOptionsMap().containsKey(ON_PHYSICAL_TABLE)) {
      return createAll(List.of(request), now);
    }
    RegionContent wanted = content(request, Optional.empty());
    Optional<RegionContent> open = host.content(region);
    if (open.isPresent()) {
      requireSame(region, open.get(), wanted);
    } else {
      host.storage().put(region, wanted);
      host.open(region, RegionRole.LEADER, now);
    }
    return created(region);
  }

  /** Creates logical regions; all their physical regions must be open and writable. */
  RegionResponse createAll(List<CreateRequest> requests, MonotonicTime now) {
    TreeSet<RegionId> physicalRegions = new TreeSet<>();
    for (CreateRequest request : requests) {
      if (!request.getOptionsMap().containsKey(ON_PHYSICAL_TABLE)) {
        create(request, now);
        continue;
      }
      RegionId physical = physicalRegion(request);
      HostedRegion carrier = host.find(physical).orElseThrow(() -> RegionErrors.notFound(physical));
      if (!host.isWritable(physical, now)) {
        throw RegionErrors.notWritable(physical, carrier.role());
      }
      createLogical(request, physical);
      physicalRegions.add(physical);
    }
    return physicalResponse(List.copyOf(physicalRegions));
  }

  private void createLogical(CreateRequest request, RegionId physical) {
    RegionId region = new RegionId(request.getRegionId());
    if (host.content(region).isEmpty()) {
      RegionContent wanted = content(request, Optional.of(physical));
      host.storage().put(region, wanted);
      addToPhysical(physical, wanted.columns());
    }
  }

  /** Adds to the physical region the tags that it lacks; their ids follow the ones in use. */
  void addToPhysical(RegionId physical, List<ColumnMetadata> logicalColumns) {
    RegionContent content =
        host.storage().find(physical).orElseThrow(() -> RegionErrors.notFound(physical));
    List<ColumnMetadata> columns = new ArrayList<>(content.columns());
    List<Long> key = new ArrayList<>(content.primaryKey());
    for (ColumnMetadata column : logicalColumns) {
      if (column.isTag() && columns.stream().noneMatch(c -> c.name().equals(column.name()))) {
        ColumnMetadata added = column.withColumnId(RegionAlteration.nextColumnId(columns));
        columns.add(added);
        key.add(added.columnId());
      }
    }
    Progress metadata = content.metadata().written(1, 0);
    RegionContent changed =
        columns.size() == content.columns().size() ? content : content.withColumns(columns, key);
    host.storage().put(physical, changed.withMetadata(metadata));
  }

  RegionResponse physicalResponse(List<RegionId> physicalRegions) {
    Map<String, ByteString> extensions = new TreeMap<>();
    if (!physicalRegions.isEmpty()) {
      RegionId first = physicalRegions.getFirst();
      host.storage()
          .find(first)
          .ifPresent(
              content ->
                  extensions.put(
                      RegionServer.ALTER_PHYSICAL, RegionJson.columns(content.columns())));
      extensions.put(
          RegionServer.MANIFEST_INFO, RegionJson.manifestInfo(physicalRegions, host.storage()));
    }
    return RegionServer.response(0, extensions);
  }

  /**
   * A physical region of the metric engine returns no columns: the recorded table has no column ids
   * after its creation (kv-after-each-sql/06).
   */
  private RegionResponse created(RegionId region) {
    Map<String, ByteString> extensions = new TreeMap<>();
    RegionContent content = host.storage().find(region).orElseThrow();
    if (!content.isMetric()) {
      extensions.put(RegionServer.TABLE_COLUMN_METADATA, RegionJson.columns(content.columns()));
    }
    extensions.put(
        RegionServer.MANIFEST_INFO, RegionJson.manifestInfo(List.of(region), host.storage()));
    return RegionServer.response(0, extensions);
  }

  private static RegionId physicalRegion(CreateRequest request) {
    String physical = request.getOptionsOrDefault(ON_PHYSICAL_TABLE, "");
    try {
      return RegionId.parse(physical);
    } catch (NumberFormatException noId) {
      throw RegionErrors.invalid(
          "Option on_physical_table of region "
              + new RegionId(request.getRegionId())
              + ": expected a region id, found "
              + physical);
    }
  }

  private static RegionContent content(CreateRequest request, Optional<RegionId> physical) {
    String engine = request.getEngine();
    if (!List.of("mito", "metric", "file").contains(engine)) {
      throw RegionErrors.invalid("Region engine " + engine + " is not registered");
    }
    List<ColumnMetadata> columns = new ArrayList<>(Columns.of(request.getColumnDefsList()));
    if (columns.stream().filter(ColumnMetadata::isTimeIndex).count() != 1) {
      throw RegionErrors.invalid(
          "Region " + new RegionId(request.getRegionId()) + " needs exactly one time index");
    }
    List<Long> key =
        new ArrayList<>(request.getPrimaryKeyList().stream().map(Integer::toUnsignedLong).toList());
    if (engine.equals(RegionContent.METRIC) && physical.isEmpty()) {
      columns.add(METRIC_TABLE_ID);
      columns.add(METRIC_SERIES_ID);
      key.add(METRIC_TABLE_ID.columnId());
      key.add(METRIC_SERIES_ID.columnId());
    }
    return new RegionContent(
        engine,
        request.getPath(),
        List.copyOf(columns),
        List.copyOf(key),
        0,
        request.getPartition().getExpression(),
        new TreeMap<>(request.getOptionsMap()),
        physical,
        Progress.created(),
        Progress.created());
  }

  /** Creating an open region again is allowed if it is the same: callers repeat themselves. */
  private static void requireSame(RegionId region, RegionContent open, RegionContent wanted) {
    if (!open.columns().equals(wanted.columns())
        || !open.primaryKey().equals(wanted.primaryKey())) {
      throw RegionErrors.invalid(
          "Region " + region + " is already open here with other columns than requested");
    }
  }
}
