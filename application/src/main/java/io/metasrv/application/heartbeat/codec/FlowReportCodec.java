package io.metasrv.application.heartbeat.codec;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.heartbeat.FlowReport;
import java.util.TreeMap;

/** Value of {@code __flow/state} (sheet 04 §4, FlowStateHandler). */
public final class FlowReportCodec {

  private FlowReportCodec() {}

  /** The JSON. */
  public static Bytes encode(FlowReport report) {
    return JsonWriter.bytes(
        out ->
            out.object(
                () -> {
                  out.name("state_size")
                      .object(
                          () ->
                              report
                                  .stateSizes()
                                  .forEach(
                                      (flow, size) ->
                                          out.name(Long.toString(flow)).unsigned(size)));
                  out.name("last_exec_time_map")
                      .object(
                          () ->
                              report
                                  .lastExecutionMillis()
                                  .forEach((flow, at) -> out.name(Long.toString(flow)).value(at)));
                }));
  }

  /** Reads the JSON; the second map may be missing. */
  public static FlowReport decode(Bytes json) {
    return JsonReader.decode(json, document -> read(document.asObject()));
  }

  private static FlowReport read(JsonValue.Object object) {
    TreeMap<Long, Long> sizes = new TreeMap<>();
    object
        .require("state_size")
        .asObject()
        .members()
        .forEach((flow, size) -> sizes.put(flowId(flow), size.asUnsigned()));
    TreeMap<Long, Long> executions = new TreeMap<>();
    object
        .find("last_exec_time_map")
        .ifPresent(
            map ->
                map.asObject()
                    .members()
                    .forEach((flow, at) -> executions.put(flowId(flow), at.asLong())));
    return new FlowReport(sizes, executions);
  }

  private static long flowId(String text) {
    try {
      return Integer.toUnsignedLong(Integer.parseUnsignedInt(text));
    } catch (NumberFormatException e) {
      throw new JsonFormatException("expected a flow id, found \"" + text + "\"");
    }
  }
}
