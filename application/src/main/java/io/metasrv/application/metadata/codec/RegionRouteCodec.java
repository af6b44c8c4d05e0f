package io.metasrv.application.metadata.codec;

import io.metasrv.application.heartbeat.codec.RegionIds;
import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Peer;
import io.metasrv.domain.UnknownMembers;
import io.metasrv.domain.UnknownMembersBy;
import io.metasrv.domain.route.LeaderState;
import io.metasrv.domain.route.Region;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.route.WriteRoutePolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a region is, as JSON (sheet 03 §3.5). */
public final class RegionRouteCodec implements ValueCodec<RegionRoute> {

  /** The only one. */
  public static final RegionRouteCodec CODEC = new RegionRouteCodec();

  private RegionRouteCodec() {}

  @Override
  public RegionRoute read(JsonValue json) {
    Members members = Members.of(json);
    Map<Long, UnknownMembers> unknownOfPeers = new LinkedHashMap<>();
    Optional<Peer> leader = members.find("leader_peer").map(peer -> readPeer(peer, unknownOfPeers));
    return new RegionRoute(
        readRegion(members.require("region")),
        leader,
        members.requireList("follower_peers", peer -> readPeer(peer, unknownOfPeers)),
        members.find("leader_state", "leader_status").map(RegionRouteCodec::readState),
        members.findLong("leader_down_since"),
        members.find("write_route_policy").map(RegionRouteCodec::readPolicy),
        members.unknown(),
        new UnknownMembersBy<>(new LinkedHashMap<>(unknownOfPeers)));
  }

  private static Peer readPeer(JsonValue json, Map<Long, UnknownMembers> unknownOfPeers) {
    Members members = Members.of(json);
    Peer peer = new Peer(members.unsigned("id"), members.text("addr"));
    unknownOfPeers.merge(peer.id(), members.unknown(), UnknownMembers::and);
    return peer;
  }

  private static LeaderState readState(JsonValue json) {
    return switch (json.asText()) {
      case "Downgrading", "Downgraded" -> LeaderState.DOWNGRADING;
      case "Staging" -> LeaderState.STAGING;
      default -> throw new JsonFormatException("unknown state of a leader `" + json.asText() + "`");
    };
  }

  private static WriteRoutePolicy readPolicy(JsonValue json) {
    return Members.constant(WriteRoutePolicy.values(), WriteRoutePolicy::text, json.asText());
  }

  private static Region readRegion(JsonValue json) {
    Members members = Members.of(json);
    String legacy = members.find("partition").map(RegionRouteCodec::legacyRule).orElse("");
    String rule = members.textOr("partition_expr", "");
    return new Region(
        RegionIds.read(members.require("id")),
        members.text("name"),
        members.texts("attrs"),
        rule.isEmpty() ? legacy : rule,
        members.unknown());
  }

  private static String legacyRule(JsonValue partition) {
    List<JsonValue> values = Members.of(partition).list("value_list", value -> value);
    return values.isEmpty() ? "" : values.getFirst().asText();
  }

  @Override
  public void write(JsonWriter out, RegionRoute route) {
    writeRegion(out.beginObject().name("region"), route.region());
    out.name("leader_peer");
    route.leader().ifPresentOrElse(peer -> writePeer(out, peer, route), out::nullValue);
    out.name("follower_peers")
        .array(route.followers(), (writer, peer) -> writePeer(writer, peer, route));
    route.leaderState().ifPresent(state -> out.member("leader_state", state.text()));
    Members.writeLong(out, "leader_down_since", route.leaderDownSince());
    route.writePolicy().ifPresent(policy -> out.member("write_route_policy", policy.text()));
    Members.write(out, route.unknown());
    out.endObject();
  }

  private static void writeRegion(JsonWriter out, Region region) {
    out.beginObject().unsignedMember("id", region.id().value()).member("name", region.name());
    Members.writeTexts(out, "attrs", region.attrs());
    out.member("partition_expr", region.partitionExpr());
    Members.write(out, region.unknown());
    out.endObject();
  }

  private static void writePeer(JsonWriter out, Peer peer, RegionRoute route) {
    out.beginObject().unsignedMember("id", peer.id()).member("addr", peer.address());
    Members.write(out, route.unknownOfPeers().of(peer.id()));
    out.endObject();
  }
}
