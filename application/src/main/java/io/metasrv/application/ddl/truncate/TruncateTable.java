package io.metasrv.application.ddl.truncate;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.ddl.TableLocks;
import io.metasrv.application.ddl.region.RegionCall;
import io.metasrv.application.ddl.region.RegionFanOut;
import io.metasrv.application.ddl.region.RegionMessages;
import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.PhysicalTable;
import io.metasrv.application.metadata.Stored;
import io.metasrv.application.metadata.codec.TableInfoValueCodec;
import io.metasrv.application.procedure.Procedure;
import io.metasrv.application.procedure.ProcedureContext;
import io.metasrv.application.procedure.ProcedureLoader;
import io.metasrv.application.procedure.Step;
import io.metasrv.domain.TableId;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.table.TableInfoValue;
import io.metasrv.domain.table.TableName;
import io.metasrv.protocol.v1.meta.TruncateTableTask;
import io.metasrv.protocol.v1.region.RegionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Removes rows of a physical table, all or those of some times (sheet 06 §13). */
public final class TruncateTable implements Procedure {

  /** The type's name in records. */
  public static final String TYPE = TYPE_PREFIX + "TruncateTable";

  private static final String PREPARE = "Prepare";
  private static final String TRUNCATE_REGIONS = "DatanodeTruncateRegions";

  private final DdlContext context;
  private final TruncateTask task;
  private final Stored<TableInfoValue> info;
  private boolean prepared;

  private TruncateTable(
      DdlContext context, TruncateTask task, Stored<TableInfoValue> info, boolean prepared) {
    this.context = context;
    this.task = task;
    this.info = info;
    this.prepared = prepared;
  }

  /**
   * A procedure for a task. Reads the table's info and route, before anything is submitted.
   *
   * @throws io.metasrv.domain.error.ServiceException if the task is incomplete, the table has no
   *     info or no route, or is not physical
   */
  public static TruncateTable of(DdlContext context, TruncateTableTask message) {
    TruncateTask task = TruncateTask.of(message);
    Stored<TableInfoValue> info =
        context
            .tables()
            .infos()
            .get(task.table())
            .orElseThrow(() -> DdlErrors.tableInfoNotFound(task.name().toString()));
    TableId physical = context.tables().routes().physicalTable(task.table());
    if (!physical.equals(task.table())) {
      throw DdlErrors.unexpected("Truncate table is only supported for physical tables.");
    }
    return new TruncateTable(context, task, info, false);
  }

  /** Turns dumps back into procedures. */
  public static ProcedureLoader loader(DdlContext context) {
    return data -> {
      JsonValue.Object object = JsonReader.read(data).asObject();
      return new TruncateTable(
          context,
          TruncateTask.read(object.require("task")),
          Stored.read(object.require("table_info_value"), TableInfoValueCodec.CODEC),
          isPrepared(object.text("state")));
    };
  }

  private static boolean isPrepared(String state) {
    return switch (state) {
      case PREPARE -> false;
      case TRUNCATE_REGIONS -> true;
      default -> throw new JsonFormatException("unknown state of TRUNCATE TABLE `" + state + "`");
    };
  }

  @Override
  public String typeName() {
    return TYPE;
  }

  @Override
  public String subject() {
    return "table " + task.name();
  }

  @Override
  public String dump() {
    JsonWriter out =
        new JsonWriter().beginObject().member("state", prepared ? TRUNCATE_REGIONS : PREPARE);
    task.write(out.name("task"));
    info.write(out.name("table_info_value"));
    return out.endObject().toText();
  }

  @Override
  public List<LockKey> locks() {
    return TableLocks.of(task.name(), table());
  }

  private TableId table() {
    return info.value().info().tableId();
  }

  @Override
  public Step execute(ProcedureContext run) throws InterruptedException {
    return prepared ? truncateRegions() : prepare();
  }

  private Step prepare() {
    TableName name = task.name();
    TableId named =
        context.tables().names().get(name).orElseThrow(() -> DdlErrors.tableNotFound(name));
    if (!named.equals(table())) {
      throw DdlErrors.nameAndIdDiffer(name, table(), named);
    }
    prepared = true;
    return Step.persisted();
  }

  private Step truncateRegions() throws InterruptedException {
    Function<RegionRoute, RegionRequest> request = request();
    PhysicalTable physical = context.tables().routes().physicalRoute(table());
    List<RegionCall> calls = new ArrayList<>();
    for (RegionRoute route : physical.route().value().regions()) {
      route.leader().ifPresent(leader -> calls.add(new RegionCall(leader, request.apply(route))));
    }
    RegionFanOut.of(context).sendAll(calls);
    return Step.done();
  }

  private Function<RegionRoute, RegionRequest> request() {
    if (task.ranges().isEmpty()) {
      return route -> RegionMessages.truncate(route.id());
    }
    var ranges = task.rangesOfRegions();
    return route -> RegionMessages.truncate(route.id(), ranges);
  }
}
