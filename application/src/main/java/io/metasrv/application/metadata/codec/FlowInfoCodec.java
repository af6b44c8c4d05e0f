package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.TableId;
import io.metasrv.domain.flow.FlowInfo;
import io.metasrv.domain.flow.FlowStatus;
import io.metasrv.domain.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.SequencedMap;

/** Flows (sheet 03 §3.11). */
public final class FlowInfoCodec implements ValueCodec<FlowInfo> {

  /** The only one. */
  public static final FlowInfoCodec CODEC = new FlowInfoCodec();

  private FlowInfoCodec() {}

  @Override
  public FlowInfo read(JsonValue json) {
    Members members = Members.of(json);
    TableNames names = new TableNames();
    return new FlowInfo(
        members.list("source_table_ids", id -> new TableId(id.asUnsigned32())),
        members.list("all_source_table_names", names::read),
        members.list("unresolved_source_table_names", names::read),
        names.read(members.require("sink_table_name")),
        flownodes(members),
        members.text("catalog_name"),
        members.find("query_context").map(QueryContextCodec.CODEC::read),
        members.text("flow_name"),
        members.text("raw_sql"),
        members.findLong("expire_after"),
        members.findLong("eval_interval_secs"),
        members.text("comment"),
        members.requireTexts("options"),
        members.find("status").map(FlowInfoCodec::status).orElse(FlowStatus.ACTIVE),
        time(members, "created_time"),
        time(members, "updated_time"),
        members.find("eval_schedule").map(FlowScheduleCodec.CODEC::read),
        members.unknown(),
        names.unknown());
  }

  private static SequencedMap<Long, Long> flownodes(Members members) {
    return Members.byNumber(members.require("flownode_ids"), JsonValue::asUnsigned);
  }

  private static FlowStatus status(JsonValue json) {
    return Members.constant(FlowStatus.values(), FlowStatus::text, json.asText());
  }

  private static Instant time(Members members, String name) {
    return members.find(name).map(Times::read).orElse(Instant.EPOCH);
  }

  @Override
  public void write(JsonWriter out, FlowInfo flow) {
    out.beginObject()
        .name("source_table_ids")
        .array(flow.sourceTableIds(), (writer, id) -> writer.value(id.value()));
    writeNames(out, "all_source_table_names", flow.allSourceTableNames(), flow);
    writeNames(out, "unresolved_source_table_names", flow.unresolvedSourceTableNames(), flow);
    TableNames.write(out.name("sink_table_name"), flow.sinkTableName(), flow.unknownOfNames());
    out.name("flownode_ids").beginObject();
    flow.flownodeIds()
        .forEach((partition, node) -> out.unsignedMember(Long.toUnsignedString(partition), node));
    out.endObject().member("catalog_name", flow.catalogName()).name("query_context");
    flow.queryContext()
        .ifPresentOrElse(context -> QueryContextCodec.CODEC.write(out, context), out::nullValue);
    out.member("flow_name", flow.flowName()).member("raw_sql", flow.rawSql());
    Members.writeLong(out, "expire_after", flow.expireAfterSecs());
    Members.writeLong(out, "eval_interval_secs", flow.evalIntervalSecs());
    out.member("comment", flow.comment());
    Members.writeTexts(out, "options", flow.options());
    out.member("status", flow.status().text())
        .member("created_time", Times.text(flow.createdTime()))
        .member("updated_time", Times.text(flow.updatedTime()))
        .name("eval_schedule");
    flow.schedule()
        .ifPresentOrElse(schedule -> FlowScheduleCodec.CODEC.write(out, schedule), out::nullValue);
    Members.write(out, flow.unknown());
    out.endObject();
  }

  private static void writeNames(
      JsonWriter out, String member, List<TableName> names, FlowInfo flow) {
    out.name(member)
        .array(names, (writer, name) -> TableNames.write(writer, name, flow.unknownOfNames()));
  }
}
