package io.metasrv.application.ddl.flow;

import io.metasrv.application.ddl.json.DdlJson;
import io.metasrv.application.ddl.json.StateNames;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.Stored;
import io.metasrv.application.metadata.codec.FlowInfoCodec;
import io.metasrv.application.metadata.codec.QueryContextCodec;
import io.metasrv.domain.Peer;
import io.metasrv.domain.flow.FlowInfo;
import io.metasrv.domain.flow.QueryContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What CREATE FLOW stores (sheet 06 §16).
 *
 * @param phase what comes next
 * @param task the flow
 * @param flowId unsigned 32 bits, once known
 * @param peers where its partitions run; none while it waits for sources
 * @param sources what its sources' names lead to
 * @param session of the statement
 * @param former the flow it takes the place of
 * @param didReplace whether it has taken its place
 * @param type how it runs, once decided
 */
record CreateFlowState(
    Phase phase,
    NewFlow task,
    OptionalLong flowId,
    List<Peer> peers,
    FlowSources sources,
    QueryContext session,
    Optional<Stored<FlowInfo>> former,
    boolean didReplace,
    Optional<FlowType> type) {

  enum Phase {
    PREPARE,
    CREATE_FLOWS,
    CREATE_METADATA,
    INVALIDATE_FLOW_CACHE
  }

  CreateFlowState {
    peers = List.copyOf(peers);
  }

  static CreateFlowState begin(NewFlow task, QueryContext session) {
    return new CreateFlowState(
        Phase.PREPARE,
        task,
        OptionalLong.empty(),
        List.of(),
        FlowSources.NONE,
        session,
        Optional.empty(),
        false,
        Optional.empty());
  }

  /** Everything is decided. */
  CreateFlowState prepared(
      NewFlow scheduled,
      long id,
      List<Peer> flownodes,
      FlowSources resolved,
      Optional<Stored<FlowInfo>> replaced) {
    return new CreateFlowState(
        resolved.isPending() ? Phase.CREATE_METADATA : Phase.CREATE_FLOWS,
        scheduled,
        OptionalLong.of(id),
        flownodes,
        resolved,
        session,
        replaced,
        false,
        Optional.of(scheduled.flowOptions().type()));
  }

  CreateFlowState next(Phase following) {
    return new CreateFlowState(
        following, task, flowId, peers, sources, session, former, didReplace, type);
  }

  CreateFlowState replaced() {
    return new CreateFlowState(phase, task, flowId, peers, sources, session, former, true, type);
  }

  String toJson() {
    return JsonWriter.text(
        out -> {
          out.beginObject();
          StateNames.write(out, phase);
          task.write(out.name("task"));
          out.name("flow_id");
          flowId.ifPresentOrElse(out::value, out::nullValue);
          DdlJson.writePeers(out.name("peers"), peers);
          DdlJson.writeTableIds(out.name("source_table_ids"), sources.tables());
          out.name("unresolved_source_table_names")
              .array(sources.missing(), DdlJson::writeTableName);
          QueryContextCodec.CODEC.writeShorter(out.name("flow_context"), session);
          out.name("prev_flow_info_value");
          former.ifPresentOrElse(value -> value.write(out), out::nullValue);
          out.member("did_replace", didReplace).name("flow_type");
          type.ifPresentOrElse(value -> out.value(value.stateText()), out::nullValue);
          out.endObject();
        });
  }

  /** Also reads what older versions stored. */
  static CreateFlowState ofJson(String json) {
    JsonValue.Object data = JsonReader.read(json).asObject();
    return new CreateFlowState(
        StateNames.read(data, Phase.values()),
        NewFlow.read(data.require("task")),
        data.find("flow_id")
            .map(id -> OptionalLong.of(id.asUnsigned32()))
            .orElse(OptionalLong.empty()),
        DdlJson.readPeers(data.require("peers")),
        FlowSources.read(data),
        FlowSessions.read(data.requireEither("flow_context", "query_context")),
        data.find("prev_flow_info_value").map(value -> Stored.read(value, FlowInfoCodec.CODEC)),
        data.boolOr("did_replace", false),
        data.find("flow_type").map(text -> StateNames.of(text.asText(), FlowType.values())));
  }
}
