package io.metasrv.application.heartbeat.codec;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonValue;
import io.metasrv.domain.RegionId;

/**
 * Region ids in JSON (sheet 04 §1.1): written as a number, read as a number or as its decimal text,
 * which is what they are as member names.
 */
public final class RegionIds {

  private RegionIds() {}

  /** Reads a region id. */
  public static RegionId read(JsonValue json) {
    return json instanceof JsonValue.Text text
        ? ofName(text.value())
        : new RegionId(json.asUnsigned());
  }

  /** Reads a region id that is the name of a member. */
  public static RegionId ofName(String name) {
    try {
      return RegionId.parse(name);
    } catch (NumberFormatException e) {
      throw new JsonFormatException("expected a region id, found \"" + name + "\"");
    }
  }
}
