package io.metasrv.nodes.region;

import com.google.protobuf.ByteString;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.time.MonotonicTime;
import io.metasrv.protocol.v1.ResponseHeader;
import io.metasrv.protocol.v1.Status;
import io.metasrv.protocol.v1.region.AlterRequest;
import io.metasrv.protocol.v1.region.DropRequest;
import io.metasrv.protocol.v1.region.InsertRequest;
import io.metasrv.protocol.v1.region.OpenRequest;
import io.metasrv.protocol.v1.region.RegionRequest;
import io.metasrv.protocol.v1.region.RegionResponse;
import io.metasrv.protocol.v1.region.SyncRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * The Region service of a datanode (sheet 01 §12.1): one request, one response. What the engine
 * would refuse is refused with the engine's status code. Confined to its node.
 *
 * <p>Faithful in what changes regions and schemas; queries, deletes, compaction and the dynamic
 * filters of queries are refused as unsupported, because this double keeps no rows.
 */
public final class RegionServer {

  static final String TABLE_COLUMN_METADATA = "TABLE_COLUMN_METADATA";
  static final String ALTER_PHYSICAL = "ALTER_PHYSICAL";
  static final String MANIFEST_INFO = "MANIFEST_INFO";

  private final RegionHost host;
  private final BooleanSupplier suspended;
  private final RegionCreation creation;

  /**
   * @param suspended whether the node was told to refuse requests
   */
  public RegionServer(RegionHost host, BooleanSupplier suspended) {
    this.host = host;
    this.suspended = suspended;
    this.creation = new RegionCreation(host);
  }

  /**
   * Handles one request.
   *
   * @throws ServiceException if it is refused
   */
  public RegionResponse handle(RegionRequest request, MonotonicTime now) {
    if (!request.hasHeader()) {
      throw RegionErrors.invalid("Region request without header: expected a header");
    }
    if (suspended.getAsBoolean()) {
      throw new ServiceException(StatusCode.SUSPENDED, "This datanode is suspended");
    }
    return switch (request.getBodyCase()) {
      case CREATE -> creation.create(request.getCreate(), now);
      case CREATES -> creation.createAll(request.getCreates().getRequestsList(), now);
      case DROP -> drop(List.of(request.getDrop()), now);
      case DROPS -> drop(request.getDrops().getRequestsList(), now);
      case OPEN -> open(request.getOpen(), now);
      case CLOSE -> close(new RegionId(request.getClose().getRegionId()));
      case ALTER -> alter(request.getAlter(), now);
      case ALTERS -> alterLogical(request.getAlters().getRequestsList(), now);
      case TRUNCATE -> truncate(new RegionId(request.getTruncate().getRegionId()), now);
      case FLUSH -> flush(new RegionId(request.getFlush().getRegionId()));
      case SYNC -> sync(request.getSync());
      case LIST_METADATA -> listMetadata(request.getListMetadata().getRegionIdsList());
      case INSERTS -> insert(request.getInserts().getRequestsList(), now);
      case BODY_NOT_SET ->
          throw RegionErrors.invalid("Region request without body: expected a body");
      default ->
          throw ServiceException.unsupported(
              "This datanode double does not handle region requests of kind "
                  + request.getBodyCase());
    };
  }

  static RegionResponse response(long affectedRows, Map<String, ByteString> extensions) {
    return RegionResponse.newBuilder()
        .setHeader(
            ResponseHeader.newBuilder()
                .setStatus(Status.newBuilder().setStatusCode(StatusCode.SUCCESS.number())))
        .setAffectedRows(affectedRows)
        .putAllExtensions(extensions)
        .build();
  }

  private RegionResponse drop(List<DropRequest> requests, MonotonicTime now) {
    for (DropRequest request : requests) {
      dropOne(request, now);
    }
    return response(0, Map.of());
  }

  private void dropOne(DropRequest request, MonotonicTime now) {
    RegionId region = new RegionId(request.getRegionId());
    HostedRegion carrier = writable(region, now);
    boolean physical = carrier.id().equals(region);
    if (physical) {
      List<RegionId> logical = host.storage().logicalRegionsOf(region);
      if (!logical.isEmpty() && !request.getFastPath() && !request.getForce()) {
        throw new ServiceException(
            StatusCode.REGION_BUSY,
            "Physical region " + region + " still holds logical regions " + logical);
      }
      logical.forEach(host.storage()::delete);
      host.close(region);
    }
    // A partial drop leaves the files to the garbage collection (sheet 07 §19).
    if (!request.getPartialDrop()) {
      host.storage().delete(region);
    }
  }

  private RegionResponse open(OpenRequest request, MonotonicTime now) {
    RegionId region = new RegionId(request.getRegionId());
    if (host.storage().find(region).isEmpty()) {
      throw RegionErrors.notFound(region);
    }
    host.open(region, RegionRole.FOLLOWER, now);
    return response(0, Map.of());
  }

  private RegionResponse close(RegionId region) {
    if (!host.close(region) && host.content(region).isEmpty()) {
      throw RegionErrors.notFound(region);
    }
    return response(0, Map.of());
  }

  private RegionResponse alter(AlterRequest request, MonotonicTime now) {
    RegionId region = new RegionId(request.getRegionId());
    writable(region, now);
    RegionContent before = content(region);
    if (before.isLogical()) {
      return alterLogical(List.of(request), now);
    }
    RegionContent after = RegionAlteration.apply(before, request);
    host.storage().put(region, after);
    Map<String, ByteString> extensions = new TreeMap<>();
    if (!after.isMetric()) {
      extensions.put(TABLE_COLUMN_METADATA, RegionJson.columns(after.columns()));
    }
    extensions.put(MANIFEST_INFO, RegionJson.manifestInfo(List.of(region), host.storage()));
    return response(0, extensions);
  }

  private RegionResponse alterLogical(List<AlterRequest> requests, MonotonicTime now) {
    TreeMap<RegionId, RegionId> physical = new TreeMap<>();
    for (AlterRequest request : requests) {
      RegionId region = new RegionId(request.getRegionId());
      HostedRegion carrier = writable(region, now);
      RegionContent before = content(region);
      if (!before.isLogical()) {
        throw RegionErrors.invalid("Region " + region + " is not a logical region");
      }
      RegionContent after = RegionAlteration.apply(before, request);
      host.storage().put(region, after);
      creation.addToPhysical(carrier.id(), after.columns());
      physical.put(carrier.id(), carrier.id());
    }
    return creation.physicalResponse(List.copyOf(physical.keySet()));
  }

  private RegionResponse truncate(RegionId region, MonotonicTime now) {
    writable(region, now);
    if (content(region).isMetric()) {
      throw ServiceException.unsupported("Truncate is not supported by the metric engine");
    }
    host.storage().update(region, content -> content.withData(content.data().truncated()));
    return response(0, Map.of());
  }

  private RegionResponse flush(RegionId region) {
    HostedRegion carrier = carrier(region);
    if (!carrier.role().isLeaderLike()) {
      throw RegionErrors.notWritable(region, carrier.role());
    }
    host.flush(carrier.id());
    return response(0, Map.of());
  }

  private RegionResponse sync(SyncRequest request) {
    RegionId region = new RegionId(request.getRegionId());
    carrier(region);
    boolean metric = content(region).isMetric();
    boolean fits =
        switch (request.getManifestInfoCase()) {
          case MITO_MANIFEST_INFO -> !metric;
          case METRIC_MANIFEST_INFO -> metric;
          case MANIFESTINFO_NOT_SET ->
              throw RegionErrors.invalid("Sync request without manifest info");
        };
    if (!fits) {
      throw RegionErrors.invalid("Manifest info of another engine for region " + region);
    }
    // Storage is shared: the manifest that the leader wrote is already what this node reads.
    return response(0, Map.of());
  }

  private RegionResponse listMetadata(List<Long> ids) {
    List<RegionId> regions = ids.stream().map(RegionId::new).toList();
    return response(0, Map.of()).toBuilder()
        .setMetadata(RegionJson.metadata(regions, host))
        .build();
  }

  private RegionResponse insert(List<InsertRequest> requests, MonotonicTime now) {
    long rows = 0;
    for (InsertRequest request : requests) {
      RegionId region = new RegionId(request.getRegionId());
      writable(region, now);
      int count = request.getRows().getRowsCount();
      host.write(region, count, request.getRows().getSerializedSize(), now);
      rows += count;
    }
    return response(rows, Map.of());
  }

  private HostedRegion carrier(RegionId region) {
    return host.carrierOf(region).orElseThrow(() -> RegionErrors.notFound(region));
  }

  private HostedRegion writable(RegionId region, MonotonicTime now) {
    HostedRegion carrier = carrier(region);
    if (!host.isWritable(region, now)) {
      throw RegionErrors.notWritable(region, carrier.role());
    }
    return carrier;
  }

  private RegionContent content(RegionId region) {
    return host.storage().find(region).orElseThrow(() -> RegionErrors.notFound(region));
  }
}
