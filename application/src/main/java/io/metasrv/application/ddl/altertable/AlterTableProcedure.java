package io.metasrv.application.ddl.altertable;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.ddl.alter.RegionAlterations;
import io.metasrv.application.ddl.alter.StoredJson;
import io.metasrv.application.ddl.region.FollowerSync;
import io.metasrv.application.ddl.region.RegionCall;
import io.metasrv.application.ddl.region.RegionExtensions;
import io.metasrv.application.ddl.region.RegionFanOut;
import io.metasrv.application.ddl.region.RegionMessages;
import io.metasrv.application.ddl.region.RegionOutcome;
import io.metasrv.application.ddl.region.RegionPeers;
import io.metasrv.application.instruction.CacheIdent;
import io.metasrv.application.metadata.PhysicalTable;
import io.metasrv.application.procedure.Procedure;
import io.metasrv.application.procedure.ProcedureContext;
import io.metasrv.application.procedure.ProcedureLoader;
import io.metasrv.application.procedure.Step;
import io.metasrv.domain.Peer;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockMode;
import io.metasrv.domain.procedure.PoisonKey;
import io.metasrv.domain.route.RegionDistribution;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.table.TableName;
import io.metasrv.domain.table.alter.Alterations;
import io.metasrv.protocol.v1.meta.AlterTableTask;
import io.metasrv.protocol.v1.region.RegionResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * Alters one table: first its regions, then its metadata. While regions may differ the table is
 * poisoned, so that no other alteration builds on it (sheet 06 §9).
 *
 * <p>Unlike the reference, a rename announces no poison: it touches no region.
 */
public final class AlterTableProcedure implements Procedure {

  /** The name records are stored under. */
  public static final String TYPE = TYPE_PREFIX + "AlterTable";

  private static final Alterations ALTERATIONS = new Alterations(StoredJson.TEXTS);

  private final DdlContext context;
  private final RegionFanOut datanodes;
  private final TableUpdate update;
  private AlterTableData data;
  private boolean someRegionApplied;

  /**
   * Begins.
   *
   * @param task with a kind other than a repartition
   * @param table what the name stood for when it was looked up; a physical table
   */
  public AlterTableProcedure(DdlContext context, AlterTableTask task, TableId table) {
    this(context, AlterTableData.begin(task, table));
  }

  private AlterTableProcedure(DdlContext context, AlterTableData data) {
    this.context = context;
    this.datanodes = RegionFanOut.of(context);
    this.update = new TableUpdate(context, ALTERATIONS);
    this.data = data;
  }

  /** Goes on with what was stored. */
  public static ProcedureLoader loader(DdlContext context) {
    return json -> new AlterTableProcedure(context, AlterTableData.load(json));
  }

  @Override
  public String typeName() {
    return TYPE;
  }

  @Override
  public Step execute(ProcedureContext procedure) throws InterruptedException {
    return switch (data.state()) {
      case PREPARE -> prepare();
      case SUBMIT_ALTER_REGION_REQUESTS -> submit(procedure);
      case UPDATE_METADATA -> updateMetadata();
      case INVALIDATE_TABLE_CACHE -> invalidateCaches();
    };
  }

  private Step prepare() {
    if (data.isRename() && context.tables().names().exists(data.newName())) {
      throw DdlErrors.tableAlreadyExists(data.newName());
    }
    TableId named =
        context
            .tables()
            .names()
            .get(data.name())
            .orElseThrow(() -> DdlErrors.tableNotFound(data.name()));
    if (!named.equals(data.table())) {
      throw DdlErrors.nameAndIdDiffer(data.name(), data.table(), named);
    }
    AlterTableData read =
        data.withBefore(
            context
                .tables()
                .infos()
                .get(data.table())
                .orElseThrow(() -> DdlErrors.tableInfoNotFound(data.name().toString())));
    update.compute(read);
    data =
        read.in(
            data.isRename()
                ? AlterTableData.State.UPDATE_METADATA
                : AlterTableData.State.SUBMIT_ALTER_REGION_REQUESTS);
    return Step.persisted();
  }

  private Step submit(ProcedureContext procedure) throws InterruptedException {
    List<RegionRoute> routes = routes();
    if (routes.isEmpty() || routes.stream().anyMatch(route -> route.leader().isEmpty())) {
      throw DdlErrors.noLeader(data.table());
    }
    data = data.withDistribution(RegionDistribution.of(routes));
    putPoison(procedure);
    List<RegionOutcome> outcomes = datanodes.send(calls(routes));
    AlterVerdict verdict = AlterVerdict.of(outcomes, someRegionApplied);
    someRegionApplied |= outcomes.stream().anyMatch(RegionOutcome.Answered.class::isInstance);
    return switch (verdict) {
      case AlterVerdict.Failed failed -> throw failed.error();
      case AlterVerdict.Poisoned poisoned -> new Step.Poisoned(poisoned.error());
      case AlterVerdict.Applied ignored -> applied(routes, RegionOutcome.responses(outcomes));
    };
  }

  private void putPoison(ProcedureContext procedure) {
    try {
      procedure.putPoison(PoisonKey.table(data.table()));
    } catch (MetasrvException e) {
      throw e.isRetryable() || e instanceof NotLeaderException ? e : DdlErrors.putPoison(e);
    }
  }

  private List<RegionRoute> routes() {
    PhysicalTable physical = context.tables().routes().physicalRoute(data.table());
    if (!physical.table().equals(data.table())) {
      throw DdlErrors.unexpected("table " + data.name() + " is a logical table");
    }
    return physical.route().value().regions();
  }

  private List<RegionCall> calls(List<RegionRoute> routes) {
    List<RegionCall> calls = new ArrayList<>();
    for (Peer leader : RegionPeers.leaders(routes)) {
      for (RegionRoute route : RegionPeers.ledBy(leader, routes)) {
        calls.add(
            new RegionCall(
                leader,
                RegionMessages.alter(
                    RegionAlterations.physical(
                        route.id(), data.request(), TableUpdate.before(data).value().info()))));
      }
    }
    return calls;
  }

  private Step applied(List<RegionRoute> routes, List<RegionResponse> responses)
      throws InterruptedException {
    data =
        data.withColumns(
            RegionExtensions.columns(responses, RegionExtensions.TABLE_COLUMN_METADATA));
    String engine = TableUpdate.before(data).value().info().meta().engine();
    new FollowerSync(datanodes).sync(engine, routes, responses);
    data = data.in(AlterTableData.State.UPDATE_METADATA);
    return new Step.Executing(true, true);
  }

  private Step updateMetadata() {
    if (data.isRename()) {
      context.tables().renameTable(TableUpdate.before(data), data.newName().table());
    } else {
      update.write(data);
    }
    data = data.in(AlterTableData.State.INVALIDATE_TABLE_CACHE);
    return Step.persisted();
  }

  private Step invalidateCaches() {
    TableName name = data.name();
    context
        .caches()
        .invalidate(
            "Invalidate table cache by altering table %s, table_id: %s"
                .formatted(name, data.table()),
            List.of(
                new CacheIdent.OfTableName(name.catalog(), name.schema(), name.table()),
                new CacheIdent.OfTableId(data.table())));
    return Step.done();
  }

  @Override
  public String dump() {
    return data.dump();
  }

  @Override
  public List<LockKey> locks() {
    TableName name = data.name();
    List<LockKey> locks = new ArrayList<>();
    locks.add(LockKey.catalog(LockMode.SHARE, name.catalog()));
    locks.add(LockKey.schema(LockMode.SHARE, name.catalog(), name.schema()));
    locks.add(LockKey.table(LockMode.EXCLUSIVE, data.table()));
    if (data.isRename()) {
      locks.add(LockKey.tableName(name.catalog(), name.schema(), data.newName().table()));
    }
    return locks;
  }

  @Override
  public List<PoisonKey> poisonKeys() {
    return data.isRename() ? List.of() : List.of(PoisonKey.table(data.table()));
  }

  @Override
  public String subject() {
    return "table " + data.name() + ": " + data.request().getKindCase();
  }
}
