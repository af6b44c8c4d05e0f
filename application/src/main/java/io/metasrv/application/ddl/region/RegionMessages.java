package io.metasrv.application.ddl.region;

import io.metasrv.domain.RegionId;
import io.metasrv.domain.heartbeat.RegionManifest;
import io.metasrv.protocol.v1.TimeRanges;
import io.metasrv.protocol.v1.region.All;
import io.metasrv.protocol.v1.region.AlterRequest;
import io.metasrv.protocol.v1.region.AlterRequests;
import io.metasrv.protocol.v1.region.CloseRequest;
import io.metasrv.protocol.v1.region.CreateRequest;
import io.metasrv.protocol.v1.region.CreateRequests;
import io.metasrv.protocol.v1.region.DropRequest;
import io.metasrv.protocol.v1.region.MetricManifestInfo;
import io.metasrv.protocol.v1.region.MitoManifestInfo;
import io.metasrv.protocol.v1.region.RegionRequest;
import io.metasrv.protocol.v1.region.RegionRequestHeader;
import io.metasrv.protocol.v1.region.SyncRequest;
import io.metasrv.protocol.v1.region.TruncateRequest;
import java.util.List;

/** Region requests with their header, which datanodes insist on (sheet 06 §5). */
public final class RegionMessages {

  private RegionMessages() {}

  /** Creates one region. */
  public static RegionRequest create(CreateRequest region) {
    return request().setCreate(region).build();
  }

  /** Creates logical regions. */
  public static RegionRequest creates(List<CreateRequest> regions) {
    return request().setCreates(CreateRequests.newBuilder().addAllRequests(regions)).build();
  }

  /** Alters one region. */
  public static RegionRequest alter(AlterRequest region) {
    return request().setAlter(region).build();
  }

  /** Alters logical regions. */
  public static RegionRequest alters(List<AlterRequest> regions) {
    return request().setAlters(AlterRequests.newBuilder().addAllRequests(regions)).build();
  }

  /**
   * Drops a region.
   *
   * @param fastPath whether a physical region goes with all logical ones in it
   */
  public static RegionRequest drop(RegionId region, boolean fastPath) {
    return request()
        .setDrop(DropRequest.newBuilder().setRegionId(region.value()).setFastPath(fastPath))
        .build();
  }

  /** Closes a region. */
  public static RegionRequest close(RegionId region) {
    return request().setClose(CloseRequest.newBuilder().setRegionId(region.value())).build();
  }

  /** Removes all rows of a region. */
  public static RegionRequest truncate(RegionId region) {
    return request()
        .setTruncate(
            TruncateRequest.newBuilder()
                .setRegionId(region.value())
                .setAll(All.getDefaultInstance()))
        .build();
  }

  /** Removes the rows of some times of a region. */
  public static RegionRequest truncate(RegionId region, TimeRanges ranges) {
    return request()
        .setTruncate(TruncateRequest.newBuilder().setRegionId(region.value()).setTimeRanges(ranges))
        .build();
  }

  /** Brings a follower to the manifest of its leader. */
  public static RegionRequest sync(RegionId region, RegionManifest manifest) {
    SyncRequest.Builder sync = SyncRequest.newBuilder().setRegionId(region.value());
    switch (manifest) {
      case RegionManifest.Mito mito ->
          sync.setMitoManifestInfo(
              MitoManifestInfo.newBuilder().setDataManifestVersion(mito.manifestVersion()));
      case RegionManifest.Metric metric ->
          sync.setMetricManifestInfo(
              MetricManifestInfo.newBuilder()
                  .setDataManifestVersion(metric.dataManifestVersion())
                  .setMetadataManifestVersion(metric.metadataManifestVersion()));
    }
    return request().setSync(sync).build();
  }

  private static RegionRequest.Builder request() {
    return RegionRequest.newBuilder().setHeader(RegionRequestHeader.getDefaultInstance());
  }
}
