package io.metasrv.application.heartbeat;

import io.metasrv.application.heartbeat.codec.RegionIds;
import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.heartbeat.RegionRole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The part of a table's route that leases are decided by (sheet 03 §3.5): who leads and follows
 * each region. A logical table has no regions of its own. Immutable.
 */
final class TableRegions {

  private static final TableRegions NONE = new TableRegions(Map.of());

  private final Map<RegionId, Placement> placements;

  private TableRegions(Map<RegionId, Placement> placements) {
    this.placements = placements;
  }

  /**
   * Reads a stored route; one without a type is physical, as before version 0.5.
   *
   * @throws io.metasrv.domain.error.ServiceException (Unexpected) if it cannot be read
   */
  static TableRegions decode(Bytes json) {
    return JsonReader.decode(json, document -> read(document.asObject()));
  }

  private static TableRegions read(JsonValue.Object route) {
    String type = route.textOr("type", "physical");
    return switch (type) {
      case "logical" -> NONE;
      case "physical" -> readPhysical(route);
      default -> throw new JsonFormatException("unknown type of table route `" + type + "`");
    };
  }

  private static TableRegions readPhysical(JsonValue.Object route) {
    // Only looked up by id, never iterated.
    Map<RegionId, Placement> placements = new HashMap<>();
    for (JsonValue each : route.require("region_routes").asArray()) {
      JsonValue.Object region = each.asObject();
      placements.put(
          RegionIds.read(region.require("region").asObject().require("id")),
          new Placement(
              leader(region), leaderRole(region), followers(region.require("follower_peers"))));
    }
    return new TableRegions(placements);
  }

  private static OptionalLong leader(JsonValue.Object region) {
    Optional<JsonValue> peer = region.find("leader_peer");
    return peer.isPresent() ? OptionalLong.of(id(peer.get())) : OptionalLong.empty();
  }

  private static RegionRole leaderRole(JsonValue.Object region) {
    String state =
        region
            .find("leader_state")
            .or(() -> region.find("leader_status"))
            .map(JsonValue::asText)
            .orElse("");
    return switch (state) {
      case "" -> RegionRole.LEADER;
      case "Downgrading", "Downgraded" -> RegionRole.DOWNGRADING_LEADER;
      case "Staging" -> RegionRole.STAGING_LEADER;
      default -> throw new JsonFormatException("unknown state of a leader `" + state + "`");
    };
  }

  private static List<Long> followers(JsonValue peers) {
    List<Long> ids = new ArrayList<>();
    for (JsonValue peer : peers.asArray()) {
      ids.add(id(peer));
    }
    return List.copyOf(ids);
  }

  private static long id(JsonValue peer) {
    return peer.asObject().require("id").asUnsigned();
  }

  /** The role in which the datanode holds the region, if it does. */
  Optional<RegionRole> role(RegionId region, long datanodeId) {
    Placement placement = placements.get(region);
    return placement == null ? Optional.empty() : placement.roleOf(datanodeId);
  }

  private record Placement(OptionalLong leader, RegionRole leaderRole, List<Long> followers) {
    Optional<RegionRole> roleOf(long datanodeId) {
      if (leader.isPresent() && leader.getAsLong() == datanodeId) {
        return Optional.of(leaderRole);
      }
      return followers.contains(datanodeId) ? Optional.of(RegionRole.FOLLOWER) : Optional.empty();
    }
  }
}
