package io.metasrv.application.ddl.alterlogical;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.ddl.alter.RegionAlterations;
import io.metasrv.application.ddl.region.FollowerSync;
import io.metasrv.application.ddl.region.RegionCall;
import io.metasrv.application.ddl.region.RegionExtensions;
import io.metasrv.application.ddl.region.RegionFanOut;
import io.metasrv.application.ddl.region.RegionMessages;
import io.metasrv.application.ddl.region.RegionPeers;
import io.metasrv.application.metadata.Stored;
import io.metasrv.application.procedure.Procedure;
import io.metasrv.application.procedure.ProcedureContext;
import io.metasrv.application.procedure.ProcedureLoader;
import io.metasrv.application.procedure.Step;
import io.metasrv.domain.Peer;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockMode;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.table.TableInfoValue;
import io.metasrv.domain.table.TableName;
import io.metasrv.protocol.v1.meta.AlterTableTask;
import io.metasrv.protocol.v1.region.AlterRequest;
import io.metasrv.protocol.v1.region.RegionResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds columns to logical tables of one physical table: in the regions, then in the infos of the
 * physical and of the logical tables (sheet 06 §11).
 */
public final class AlterLogicalTablesProcedure implements Procedure {

  /** The name records are stored under. */
  public static final String TYPE = TYPE_PREFIX + "AlterLogicalTables";

  private static final String ENGINE = "metric";

  private final DdlContext context;
  private final RegionFanOut datanodes;
  private final LogicalUpdate update;
  private AlterLogicalData data;

  /**
   * Begins.
   *
   * @param tasks at least one, all of logical tables on the physical one
   */
  public AlterLogicalTablesProcedure(
      DdlContext context, List<AlterTableTask> tasks, TableId physicalTable) {
    this(context, AlterLogicalData.begin(tasks, physicalTable));
  }

  private AlterLogicalTablesProcedure(DdlContext context, AlterLogicalData data) {
    this.context = context;
    this.datanodes = RegionFanOut.of(context);
    this.update = new LogicalUpdate(context);
    this.data = data;
  }

  /** Goes on with what was stored. */
  public static ProcedureLoader loader(DdlContext context) {
    return json -> new AlterLogicalTablesProcedure(context, AlterLogicalData.load(json));
  }

  @Override
  public String typeName() {
    return TYPE;
  }

  @Override
  public Step execute(ProcedureContext procedure) throws InterruptedException {
    return switch (data.state()) {
      case PREPARE -> prepare();
      case SUBMIT_ALTER_REGION_REQUESTS -> submit();
      case UPDATE_METADATA -> updateMetadata();
      case INVALIDATE_TABLE_CACHE -> invalidateCaches();
    };
  }

  private Step prepare() {
    LogicalTasks tasks = new LogicalTasks(context, data.physicalTable(), data.tasks());
    tasks.checkRequests();
    Stored<TableInfoValue> physical = tasks.physicalInfo();
    List<Stored<TableInfoValue>> infos = tasks.infos();
    List<AlterTableTask> left = new ArrayList<>();
    List<Stored<TableInfoValue>> leftInfos = new ArrayList<>();
    for (int i = 0; i < infos.size(); i++) {
      if (!LogicalTasks.isDone(data.tasks().get(i), infos.get(i))) {
        left.add(data.tasks().get(i));
        leftInfos.add(infos.get(i));
      }
    }
    if (left.isEmpty()) {
      AlterLogicalData all = data.prepared(data.tasks(), infos, physical);
      data =
          all.withCaches(LogicalUpdate.caches(all))
              .in(AlterLogicalData.State.INVALIDATE_TABLE_CACHE);
      return Step.persisted();
    }
    AlterLogicalData prepared = data.prepared(left, leftInfos, physical);
    update.compute(prepared);
    data = prepared.in(AlterLogicalData.State.SUBMIT_ALTER_REGION_REQUESTS);
    return Step.persisted();
  }

  private Step submit() throws InterruptedException {
    List<RegionRoute> routes =
        context.tables().routes().physicalRoute(data.physicalTable()).route().value().regions();
    if (routes.isEmpty() || routes.stream().anyMatch(route -> route.leader().isEmpty())) {
      throw DdlErrors.noLeader(data.physicalTable());
    }
    List<RegionResponse> responses = datanodes.sendAll(calls(routes));
    data = data.withColumns(RegionExtensions.columns(responses, RegionExtensions.ALTER_PHYSICAL));
    new FollowerSync(datanodes).sync(ENGINE, routes, responses);
    data = data.in(AlterLogicalData.State.UPDATE_METADATA);
    return Step.persisted();
  }

  private List<RegionCall> calls(List<RegionRoute> routes) {
    List<RegionCall> calls = new ArrayList<>();
    for (Peer leader : RegionPeers.leaders(routes)) {
      List<AlterRequest> requests = new ArrayList<>();
      for (int i = 0; i < data.tasks().size(); i++) {
        TableId table = data.before().get(i).value().info().tableId();
        for (RegionRoute route : RegionPeers.ledBy(leader, routes)) {
          requests.add(
              RegionAlterations.logical(
                  RegionId.of(table, route.id().regionNumber()),
                  data.tasks().get(i).getAlterTable().getAddColumns()));
        }
      }
      calls.add(new RegionCall(leader, RegionMessages.alters(requests)));
    }
    return calls;
  }

  private Step updateMetadata() {
    update.write(data);
    data =
        data.withCaches(LogicalUpdate.caches(data))
            .cleared()
            .in(AlterLogicalData.State.INVALIDATE_TABLE_CACHE);
    return Step.persisted();
  }

  private Step invalidateCaches() {
    context
        .caches()
        .invalidate(
            "Invalidate table cache by altering logical tables, physical_table_id: "
                + LogicalUpdate.physicalTable(data),
            data.caches());
    return Step.done();
  }

  @Override
  public String dump() {
    return data.dump();
  }

  /**
   * None once the tasks are gone: what is left touches no table (sheet 06 §23). Of logical tables
   * ids are not known yet when the procedure is submitted, but names are: they keep others from
   * dropping a table, or writing its info, while it is altered (the original does not).
   */
  @Override
  public List<LockKey> locks() {
    if (data.tasks().isEmpty()) {
      return List.of();
    }
    TableName first = LogicalTasks.name(data.tasks().getFirst());
    List<LockKey> locks = new ArrayList<>();
    locks.add(LockKey.catalog(LockMode.SHARE, first.catalog()));
    locks.add(LockKey.schema(LockMode.SHARE, first.catalog(), first.schema()));
    locks.add(LockKey.table(LockMode.EXCLUSIVE, data.physicalTable()));
    data.before().stream()
        .map(stored -> stored.value().info().tableId())
        .filter(table -> !table.equals(data.physicalTable()))
        .distinct()
        .forEach(table -> locks.add(LockKey.table(LockMode.EXCLUSIVE, table)));
    data.tasks().stream()
        .map(LogicalTasks::name)
        .distinct()
        .forEach(name -> locks.add(LockKey.tableName(name.catalog(), name.schema(), name.table())));
    return locks;
  }

  @Override
  public String subject() {
    return data.tasks().size() + " logical tables of table " + LogicalUpdate.physicalTable(data);
  }
}
