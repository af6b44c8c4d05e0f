package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.route.RegionRoute;

/** JSON of {@link RegionRoute}. */
public final class RegionRouteCodec implements ValueCodec<RegionRoute> {

  /** The only one. */
  public static final RegionRouteCodec CODEC = new RegionRouteCodec();

  private RegionRouteCodec() {}

  @Override
  public RegionRoute read(JsonValue json) {
    throw new UnsupportedOperationException("not written yet");
  }

  @Override
  public void write(JsonWriter out, RegionRoute value) {
    throw new UnsupportedOperationException("not written yet");
  }
}
