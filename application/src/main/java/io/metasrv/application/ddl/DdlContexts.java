package io.metasrv.application.ddl;

import io.metasrv.application.heartbeat.HeartbeatParts;
import io.metasrv.application.heartbeat.HeartbeatTerm;
import io.metasrv.application.heartbeat.HeartbeatTerms;
import io.metasrv.application.metadata.FlowMetadata;
import io.metasrv.application.metadata.TableAllocator;
import io.metasrv.application.metadata.TableIds;
import io.metasrv.application.metadata.TableMetadata;
import io.metasrv.application.metadata.WalOptionsAllocator;
import io.metasrv.application.metasrv.Term;
import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.peer.NodeSelection;
import io.metasrv.application.peer.PeerAllocator;
import io.metasrv.application.port.NodeClients;
import io.metasrv.application.store.Sequence;
import io.metasrv.application.wal.WalTopicTerms;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.key.SequenceKey;
import io.metasrv.domain.selector.RoundRobinSelector;
import io.metasrv.domain.selector.Selector;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Puts together what the procedures of a term work with, from what was made for that term. Does no
 * I/O. Thread-safe.
 */
public final class DdlContexts implements Function<TermContext, DdlContext> {

  /** First id of a table, view or flow of users, and how many ids are reserved at a time. */
  private static final long FIRST_ID = 1024;

  private static final long ID_STEP = 10;

  private static final Bytes TABLE_ID_KEY = SequenceKey.TABLE_ID.toBytes();

  private final MetasrvOptions options;
  private final HeartbeatTerms heartbeats;
  private final WalTopicTerms topics;
  private final NodeClients nodes;
  private final AtomicReference<Optional<TableIdsOfTerm>> tableIds =
      new AtomicReference<>(Optional.empty());

  /** The ids that new tables are given in a term. */
  private record TableIdsOfTerm(Term term, Sequence ids) {}

  public DdlContexts(
      MetasrvOptions options, HeartbeatTerms heartbeats, WalTopicTerms topics, NodeClients nodes) {
    this.options = options;
    this.heartbeats = heartbeats;
    this.topics = topics;
    this.nodes = nodes;
  }

  @Override
  public DdlContext apply(TermContext term) {
    HeartbeatTerm heartbeat = heartbeats.of(term);
    HeartbeatParts parts = heartbeat.parts();
    PeerAllocator peers =
        new PeerAllocator(
            selection(NodeSelection.selector(options.selector()), heartbeat, term),
            selection(new RoundRobinSelector(), heartbeat, term));
    FirstHeartbeats first = FirstHeartbeats.of(options.heartbeatInterval(), term.runtime());
    Sequence tableIds = new Sequence(term.store(), "table_id", FIRST_ID, ID_STEP, Sequence.MAX);
    this.tableIds.set(Optional.of(new TableIdsOfTerm(term.term(), tableIds)));
    Sequence flowIds = new Sequence(term.store(), "flow_id", FIRST_ID, ID_STEP, Sequence.MAX);
    return new DdlContext(
        term.term(),
        new TableMetadata(term.cachedStore()),
        new FlowMetadata(term.cachedStore()),
        new TableAllocator(new TableIds(tableIds), first.aroundTables(peers::forTable), wal(term)),
        flowIds::next,
        first.aroundFlows(peers::forFlow),
        nodes.datanodes(),
        nodes.flownodes(),
        parts.caches(),
        parts.operatingRegions(),
        parts.leaderRegions(),
        RegionDetectors.NONE,
        term.runtime());
  }

  /**
   * Takes note of a pair that was written past the procedures, for example by an operator: if it is
   * the end of the ids of tables, the leader goes on from there at once and not after the ids it
   * had reserved. What is no number is reported by the next reservation.
   */
  public void written(Bytes key, Bytes value) {
    if (key.equals(TABLE_ID_KEY) && value.size() == Long.BYTES) {
      tableIds
          .get()
          .filter(current -> current.term().isHeld())
          .ifPresent(current -> current.ids().movedTo(value));
    }
  }

  private static NodeSelection selection(
      Selector selector, HeartbeatTerm heartbeat, TermContext term) {
    return new NodeSelection(
        selector, heartbeat.discovery(), heartbeat.parts().regionCounts()::of, term.runtime());
  }

  private WalOptionsAllocator wal(TermContext term) {
    return switch (options.wal().provider()) {
      case RAFT_ENGINE -> WalOptionsAllocator.raftEngine();
      case KAFKA -> WalOptionsAllocator.kafka(topics.of(term));
    };
  }
}
