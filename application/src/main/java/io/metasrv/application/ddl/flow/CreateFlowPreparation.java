package io.metasrv.application.ddl.flow;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.metadata.Stored;
import io.metasrv.domain.Peer;
import io.metasrv.domain.flow.FlowInfo;
import io.metasrv.domain.flow.FlowStatus;
import io.metasrv.domain.table.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides everything about a flow that is to be created; changes nothing (sheet 06 §16). */
final class CreateFlowPreparation {

  private static final Logger LOG = LoggerFactory.getLogger(CreateFlowPreparation.class);

  /** A flow has one partition. */
  private static final int PARTITIONS = 1;

  private final DdlContext context;

  CreateFlowPreparation(DdlContext context) {
    this.context = context;
  }

  /** The id of a flow of the name, if that is fine and nothing is to be done. */
  Optional<Long> existing(NewFlow task) {
    FlowSchedules.check(task.evalIntervalSecs());
    task.flowOptions().check();
    if (task.orReplace() && task.ifNotExists()) {
      throw DdlErrors.unsupported("Create flow with both `IF NOT EXISTS` and `OR REPLACE`");
    }
    Optional<Long> existing = context.flows().idOf(task.catalog(), task.name());
    if (existing.isPresent() && !task.orReplace() && !task.ifNotExists()) {
      throw DdlErrors.flowAlreadyExists(task.fullName());
    }
    return existing.filter(id -> task.ifNotExists());
  }

  /** The state after all decisions. */
  CreateFlowState prepared(CreateFlowState state) {
    NewFlow task = state.task();
    Optional<Long> replaced = context.flows().idOf(task.catalog(), task.name());
    Optional<Stored<FlowInfo>> former = replaced.map(id -> former(task, id));
    warnOfSink(task);
    FlowSources sources = resolved(task);
    refuseChangeOfStatus(sources, former);
    refuseCycle(task);
    long id = replaced.orElseGet(() -> context.flowIds().getAsLong());
    List<Peer> peers = sources.isPending() ? List.of() : peers(replaced);
    NewFlow scheduled =
        task.withSchedule(
            FlowSchedules.of(
                task.evalIntervalSecs(), former.map(Stored::value), context.runtime().wallClock()));
    return state.prepared(scheduled, id, peers, sources, former);
  }

  private Stored<FlowInfo> former(NewFlow task, long id) {
    return context.flows().get(id).orElseThrow(() -> DdlErrors.flowNotFound(task.fullName()));
  }

  private void warnOfSink(NewFlow task) {
    if (context.tables().names().exists(task.sink())) {
      LOG.warn("Flow {} writes to table {}, which exists", task.fullName(), task.sink());
    }
  }

  private FlowSources resolved(NewFlow task) {
    FlowSources sources = FlowSources.resolve(task.sources(), context.tables().names());
    if (sources.isPending() && !task.flowOptions().defersOnMissingSource()) {
      throw DdlErrors.unsupported(
          "Create flow with missing source tables requires WITH"
              + " ('defer_on_missing_source'='true'): "
              + sources.missing().stream()
                  .map(TableName::toString)
                  .collect(Collectors.joining(", ")));
    }
    return sources;
  }

  private static void refuseChangeOfStatus(FlowSources sources, Optional<Stored<FlowInfo>> former) {
    if (former.isEmpty()) {
      return;
    }
    boolean wasPending = former.get().value().status() == FlowStatus.PENDING_SOURCES;
    if (wasPending != sources.isPending()) {
      throw DdlErrors.unsupported(
          wasPending
              ? "Replace a flow that waits for its source tables by one that has them"
              : "Replace a flow that runs by one that waits for its source tables");
    }
  }

  private static void refuseCycle(NewFlow task) {
    if (task.sources().contains(task.sink())) {
      throw DdlErrors.unsupported(
          "Creating flow with source and sink table being the same: " + task.sink());
    }
  }

  /** A flow that is replaced stays where it is. */
  private List<Peer> peers(Optional<Long> replaced) {
    return replaced.isPresent()
        ? List.copyOf(context.flows().routes(replaced.get()).values())
        : context.flowPeers().apply(PARTITIONS);
  }
}
