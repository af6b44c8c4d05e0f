package io.metasrv.application.ddl.flow;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.instruction.CacheIdent;
import io.metasrv.application.metadata.Stored;
import io.metasrv.domain.Peer;
import io.metasrv.domain.UnknownMembers;
import io.metasrv.domain.UnknownMembersBy;
import io.metasrv.domain.flow.FlowInfo;
import io.metasrv.domain.flow.FlowStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Stores a flow that was created, and tells the nodes (sheet 06 §16). */
final class CreatedFlow {

  private final DdlContext context;

  CreatedFlow(DdlContext context) {
    this.context = context;
  }

  /**
   * Stores it, unless an attempt whose end was not recorded did: times apart, which are asked anew
   * each time, the same is there then.
   */
  void store(CreateFlowState state) {
    long id = state.flowId().orElseThrow();
    FlowInfo info = info(state, context.runtime().wallClock());
    Optional<Stored<FlowInfo>> present = context.flows().get(id);
    if (present.isPresent() && isSame(present.get().value(), info)) {
      boolean untouched = state.former().map(Stored::raw).equals(present.map(Stored::raw));
      if (!untouched) {
        return;
      }
    }
    SequencedMap<Long, Peer> routes = routes(state.peers());
    if (state.former().isPresent()) {
      Stored<FlowInfo> former = state.former().get();
      context.flows().replace(id, former, info.replacing(former.value()), routes);
    } else {
      context.flows().create(id, info, routes);
    }
  }

  private static boolean isSame(FlowInfo present, FlowInfo wanted) {
    FlowInfo wantedThen =
        wanted.replacing(present).withComment(wanted.comment(), present.updatedTime());
    return present.equals(wantedThen);
  }

  private static FlowInfo info(CreateFlowState state, Instant now) {
    NewFlow task = state.task();
    FlowOptions options = task.flowOptions();
    return new FlowInfo(
        state.sources().tables(),
        task.sources(),
        state.sources().missing(),
        task.sink(),
        flownodeIds(state.peers()),
        task.catalog(),
        Optional.of(state.session()),
        task.name(),
        task.sql(),
        task.expireAfterSecs(),
        task.evalIntervalSecs(),
        task.comment(),
        options.stored(state.type().orElseGet(options::type)),
        state.sources().isPending() ? FlowStatus.PENDING_SOURCES : FlowStatus.ACTIVE,
        now,
        now,
        task.schedule(),
        UnknownMembers.NONE,
        UnknownMembersBy.none());
  }

  private static SequencedMap<Long, Long> flownodeIds(List<Peer> peers) {
    LinkedHashMap<Long, Long> ids = new LinkedHashMap<>();
    routes(peers).forEach((partition, peer) -> ids.put(partition, peer.id()));
    return ids;
  }

  /** Partitions are numbered in the order of their flownodes. */
  private static SequencedMap<Long, Peer> routes(List<Peer> peers) {
    LinkedHashMap<Long, Peer> routes = new LinkedHashMap<>();
    for (Peer peer : peers) {
      routes.put((long) routes.size(), peer);
    }
    return routes;
  }

  /** Tells the nodes what feeds the flow now, and what does no longer. */
  void tell(CreateFlowState state) {
    long id = state.flowId().orElseThrow();
    List<CacheIdent> idents = new ArrayList<>();
    state
        .former()
        .filter(former -> state.didReplace())
        .ifPresent(former -> idents.add(DroppedFlow.ident(id, former.value())));
    idents.add(new CacheIdent.CreateFlow(id, state.sources().tables(), partitions(state.peers())));
    idents.add(new CacheIdent.OfFlowId(id));
    context.caches().invalidate("Invalidate flow cache by creating flow", idents);
  }

  private static List<CacheIdent.PartitionPeer> partitions(List<Peer> peers) {
    List<CacheIdent.PartitionPeer> partitions = new ArrayList<>();
    routes(peers)
        .forEach(
            (partition, peer) -> partitions.add(new CacheIdent.PartitionPeer(partition, peer)));
    return partitions;
  }
}
