package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.route.RegionRoles;

/**
 * Regions on a datanode as JSON (sheet 03 §3.5), inside procedures' states. A bare array means
 * leaders only.
 */
public final class RegionRolesCodec implements ValueCodec<RegionRoles> {

  /** The only one. */
  public static final RegionRolesCodec CODEC = new RegionRolesCodec();

  private RegionRolesCodec() {}

  @Override
  public RegionRoles read(JsonValue json) {
    if (json instanceof JsonValue.Array leaders) {
      return RegionRoles.leaders(leaders.elements().stream().map(JsonValue::asUnsigned32).toList());
    }
    Members members = Members.of(json);
    return new RegionRoles(
        members.requireList("leader_regions", JsonValue::asUnsigned32),
        members.requireList("follower_regions", JsonValue::asUnsigned32));
  }

  @Override
  public void write(JsonWriter out, RegionRoles roles) {
    out.beginObject()
        .name("leader_regions")
        .array(roles.leaders(), JsonWriter::value)
        .name("follower_regions")
        .array(roles.followers(), JsonWriter::value)
        .endObject();
  }
}
