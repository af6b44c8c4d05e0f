package io.metasrv.application.ddl.flow;

import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.ddl.json.DdlJson;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.codec.FlowScheduleCodec;
import io.metasrv.domain.Maps;
import io.metasrv.domain.flow.FlowSchedule;
import io.metasrv.domain.table.TableName;
import io.metasrv.protocol.v1.CreateFlowExpr;
import io.metasrv.protocol.v1.meta.CreateFlowTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * A flow to create or replace, as a frontend asked for it (sheet 06 §2).
 *
 * @param catalog its catalog
 * @param name its name
 * @param sources tables it reads
 * @param sink table it writes
 * @param orReplace whether it takes the place of one that is there
 * @param ifNotExists whether one that is there is fine
 * @param expireAfterSecs seconds, signed
 * @param evalIntervalSecs seconds, signed; not checked yet
 * @param comment its comment
 * @param sql its query
 * @param options as given
 * @param schedule when it runs, once that is decided
 */
public record NewFlow(
    String catalog,
    String name,
    List<TableName> sources,
    TableName sink,
    boolean orReplace,
    boolean ifNotExists,
    OptionalLong expireAfterSecs,
    OptionalLong evalIntervalSecs,
    String comment,
    String sql,
    SequencedMap<String, String> options,
    Optional<FlowSchedule> schedule) {

  public NewFlow {
    sources = List.copyOf(sources);
    options = Maps.copyOf(options);
  }

  /**
   * That of a message.
   *
   * @throws io.metasrv.domain.error.ServiceException (Unexpected) if it lacks a part
   */
  public static NewFlow of(CreateFlowTask task) {
    if (!task.hasCreateFlow()) {
      throw DdlErrors.invalidProto("expected create_flow");
    }
    CreateFlowExpr expr = task.getCreateFlow();
    if (!expr.hasSinkTableName()) {
      throw DdlErrors.invalidProto("expected sink_table_name");
    }
    return new NewFlow(
        expr.getCatalogName(),
        expr.getFlowName(),
        expr.getSourceTableNamesList().stream().map(NewFlow::tableName).toList(),
        tableName(expr.getSinkTableName()),
        expr.getOrReplace(),
        expr.getCreateIfNotExists(),
        expr.hasExpireAfter()
            ? OptionalLong.of(expr.getExpireAfter().getValue())
            : OptionalLong.empty(),
        expr.hasEvalInterval()
            ? OptionalLong.of(expr.getEvalInterval().getSeconds())
            : OptionalLong.empty(),
        expr.getComment(),
        expr.getSql(),
        new LinkedHashMap<>(expr.getFlowOptionsMap()),
        Optional.empty());
  }

  private static TableName tableName(io.metasrv.protocol.v1.TableName name) {
    return new TableName(name.getCatalogName(), name.getSchemaName(), name.getTableName());
  }

  /** {@code catalog.flow}. */
  String fullName() {
    return catalog + "." + name;
  }

  FlowOptions flowOptions() {
    return new FlowOptions(options);
  }

  /** The same with a decision about when it runs. */
  NewFlow withSchedule(Optional<FlowSchedule> decided) {
    return new NewFlow(
        catalog,
        name,
        sources,
        sink,
        orReplace,
        ifNotExists,
        expireAfterSecs,
        evalIntervalSecs,
        comment,
        sql,
        options,
        decided);
  }

  /** Writes the form inside a procedure's state. */
  void write(JsonWriter out) {
    out.beginObject().member("catalog_name", catalog).member("flow_name", name);
    out.name("source_table_names").array(sources, DdlJson::writeTableName);
    DdlJson.writeTableName(out.name("sink_table_name"), sink);
    out.member("or_replace", orReplace).member("create_if_not_exists", ifNotExists);
    writeLong(out.name("expire_after"), expireAfterSecs);
    writeLong(out.name("eval_interval_secs"), evalIntervalSecs);
    out.member("comment", comment).member("sql", sql).name("flow_options").beginObject();
    options.forEach(out::member);
    out.endObject().name("eval_schedule");
    schedule.ifPresentOrElse(value -> FlowScheduleCodec.CODEC.write(out, value), out::nullValue);
    out.endObject();
  }

  private static void writeLong(JsonWriter out, OptionalLong value) {
    if (value.isPresent()) {
      out.value(value.getAsLong());
    } else {
      out.nullValue();
    }
  }

  /** Reads the form inside a procedure's state; interval and schedule may be missing. */
  static NewFlow read(JsonValue json) {
    JsonValue.Object task = json.asObject();
    LinkedHashMap<String, String> options = new LinkedHashMap<>();
    task.require("flow_options")
        .asObject()
        .members()
        .forEach((key, value) -> options.put(key, value.asText()));
    return new NewFlow(
        task.text("catalog_name"),
        task.text("flow_name"),
        task.require("source_table_names").asArray().stream().map(DdlJson::readTableName).toList(),
        DdlJson.readTableName(task.require("sink_table_name")),
        task.require("or_replace").asBool(),
        task.require("create_if_not_exists").asBool(),
        readLong(task, "expire_after"),
        readLong(task, "eval_interval_secs"),
        task.text("comment"),
        task.text("sql"),
        options,
        task.find("eval_schedule").map(FlowScheduleCodec.CODEC::read));
  }

  private static OptionalLong readLong(JsonValue.Object task, String name) {
    Optional<JsonValue> value = task.find(name);
    return value.isPresent() ? OptionalLong.of(value.get().asLong()) : OptionalLong.empty();
  }
}
