package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.flow.FlowSchedule;
import io.metasrv.domain.flow.MissedTickPolicy;

/** When flows run, as JSON (sheet 03 §3.11). */
public final class FlowScheduleCodec implements ValueCodec<FlowSchedule> {

  /** The only one. */
  public static final FlowScheduleCodec CODEC = new FlowScheduleCodec();

  private FlowScheduleCodec() {}

  @Override
  public FlowSchedule read(JsonValue json) {
    Members members = Members.of(json);
    return new FlowSchedule(
        members.require("anchor_secs").asLong(),
        members.require("start_secs").asLong(),
        members
            .find("missed_tick_policy")
            .map(FlowScheduleCodec::policy)
            .orElse(MissedTickPolicy.BOUNDED_CATCH_UP),
        members
            .find("catchup_max_runs")
            .map(JsonValue::asUnsigned32)
            .orElse(FlowSchedule.DEFAULT_CATCHUP_MAX_RUNS),
        members.findLong("catchup_max_lag_secs").orElse(FlowSchedule.DEFAULT_CATCHUP_MAX_LAG_SECS),
        members.unknown());
  }

  private static MissedTickPolicy policy(JsonValue json) {
    return Members.constant(MissedTickPolicy.values(), MissedTickPolicy::text, json.asText());
  }

  @Override
  public void write(JsonWriter out, FlowSchedule value) {
    out.beginObject()
        .member("anchor_secs", value.anchorSecs())
        .member("start_secs", value.startSecs())
        .member("missed_tick_policy", value.missedTickPolicy().text())
        .member("catchup_max_runs", value.catchupMaxRuns())
        .member("catchup_max_lag_secs", value.catchupMaxLagSecs());
    Members.write(out, value.unknown());
    out.endObject();
  }
}
