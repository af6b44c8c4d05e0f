package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.route.TableRoute;
import java.util.List;
import java.util.OptionalLong;

/** Routes of tables (sheet 03 §3.5). One without a type is physical, as before version 0.5. */
public final class TableRouteCodec implements ValueCodec<TableRoute> {

  /** The only one. */
  public static final TableRouteCodec CODEC = new TableRouteCodec();

  private TableRouteCodec() {}

  @Override
  public TableRoute read(JsonValue json) {
    Members members = Members.of(json);
    String type = members.textOr("type", "physical");
    return switch (type) {
      case "physical" -> readPhysical(members);
      case "logical" ->
          new TableRoute.Logical(members.table("physical_table_id"), members.unknown());
      default -> throw new JsonFormatException("unknown type of table route `" + type + "`");
    };
  }

  private static TableRoute.Physical readPhysical(Members members) {
    List<RegionRoute> regions = members.requireList("region_routes", RegionRouteCodec.CODEC::read);
    OptionalLong max = members.findUnsigned("max_region_number");
    return new TableRoute.Physical(
        regions,
        max.orElseGet(() -> TableRoute.maxRegionNumber(regions)),
        members.unsigned("version"),
        members.unknown());
  }

  @Override
  public void write(JsonWriter out, TableRoute route) {
    out.beginObject();
    switch (route) {
      case TableRoute.Physical physical ->
          out.member("type", "physical")
              .name("region_routes")
              .array(physical.regions(), RegionRouteCodec.CODEC::write)
              .member("max_region_number", physical.maxRegionNumber())
              .unsignedMember("version", physical.version());
      case TableRoute.Logical logical ->
          out.member("type", "logical")
              .member("physical_table_id", logical.physicalTable().value());
    }
    Members.write(out, route.unknown());
    out.endObject();
  }
}
