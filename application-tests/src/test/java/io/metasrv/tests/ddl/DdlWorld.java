package io.metasrv.tests.ddl;

import io.metasrv.application.cache.CacheInvalidator;
import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.heartbeat.LeaderRegions;
import io.metasrv.application.heartbeat.OperatingRegions;
import io.metasrv.application.mailbox.Mailbox;
import io.metasrv.application.mailbox.Pushers;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metadata.FlowMetadata;
import io.metasrv.application.metadata.TableAllocator;
import io.metasrv.application.metadata.TableIds;
import io.metasrv.application.metadata.TableMetadata;
import io.metasrv.application.metadata.WalOptionsAllocator;
import io.metasrv.application.metasrv.Term;
import io.metasrv.application.metrics.NoMetrics;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.application.store.Sequence;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.Peer;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.leadership.LeaseWindow;
import io.metasrv.domain.table.SchemaOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A store, datanodes and what a leader's procedures work with; leaders may follow each other. */
final class DdlWorld {

  static final String CATALOG = "greptime";
  static final String SCHEMA = "public";
  private static final String ADDRESS = "127.0.0.1:23002";

  final InMemoryStore store;
  final Datanodes datanodes = new Datanodes();
  private final Runtime runtime = new VirtualThreadRuntime();
  private final WalOptionsAllocator wal;
  private List<Peer> peers = List.of(datanode(1), datanode(2));
  private FrontendEnd frontend = new FrontendEnd();
  private WatchedRegions watched = new WatchedRegions();
  private KeyValueStore view;
  private DdlContext context;
  private long terms;

  DdlWorld() {
    this(new InMemoryStore(), WalOptionsAllocator.raftEngine());
  }

  DdlWorld(InMemoryStore store, WalOptionsAllocator wal) {
    this.store = store;
    this.view = store;
    this.wal = wal;
    this.context = lead();
    context.tables().catalogs().create(CATALOG);
    createSchema(SCHEMA);
  }

  static Peer datanode(long id) {
    return new Peer(id, "127.0.0.1:400" + id);
  }

  void createSchema(String schema) {
    context.tables().schemas().create(CATALOG, schema, SchemaOptions.none());
  }

  /** New regions go to these, by turns, beginning with the first. */
  void placeOn(Peer... datanodes) {
    peers = List.of(datanodes);
  }

  /** What procedures of the current leader work with. */
  DdlContext context() {
    return context;
  }

  /** Another leader takes over: what was in memory is gone. */
  DdlContext nextLeader() {
    context = lead();
    return context;
  }

  /** The same leader's procedures see the store through this from now on. */
  DdlContext seeing(KeyValueStore other) {
    view = other;
    return nextLeader();
  }

  /** Messages that a frontend got of the current leader. */
  List<String> heard() {
    return frontend.heard();
  }

  /** Regions that the current leader watches. */
  WatchedRegions watched() {
    return watched;
  }

  /** The value under a key, or an empty text. */
  String value(String key) {
    return store.get(Bytes.utf8(key)).map(Bytes::toUtf8).orElse("");
  }

  /** Keys and values below a prefix. */
  SortedMap<String, String> values(String prefix) {
    TreeMap<String, String> values = new TreeMap<>();
    for (KeyValue each : store.range(KeyRange.prefix(Bytes.utf8(prefix)), RangeOptions.ALL).kvs()) {
      values.put(each.key().toUtf8(), each.value().toUtf8());
    }
    return values;
  }

  private DdlContext lead() {
    terms++;
    Term term =
        new Term(
            terms,
            ADDRESS,
            store.openTerm(ADDRESS),
            LeaseWindow.opened(runtime.monotonic(), runtime.wallClock(), Duration.ofDays(365)),
            runtime);
    Pushers pushers = new Pushers(new NoMetrics());
    frontend = new FrontendEnd();
    pushers.register(NodeRole.FRONTEND, 0, frontend);
    watched = new WatchedRegions();
    Mailbox mailbox = new Mailbox(term, pushers, () -> 1, runtime, ADDRESS);
    Sequence ids = new Sequence(view, "table_id", 1024, 10, Sequence.MAX);
    return new DdlContext(
        term,
        new TableMetadata(view),
        new FlowMetadata(view),
        new TableAllocator(new TableIds(ids), (regions, extensions) -> placed(regions), wal),
        new Sequence(view, "flow_id", 1024, 10, Sequence.MAX)::next,
        partitions -> List.of(),
        datanodes,
        (flownode, request) -> {
          throw ServiceException.unsupported("no flownode in this world");
        },
        new CacheInvalidator(mailbox),
        new OperatingRegions(),
        new LeaderRegions(),
        watched,
        runtime);
  }

  private List<Peer> placed(int regions) {
    List<Peer> placed = new ArrayList<>();
    for (int i = 0; i < regions; i++) {
      placed.add(peers.get(i % peers.size()));
    }
    return placed;
  }
}
