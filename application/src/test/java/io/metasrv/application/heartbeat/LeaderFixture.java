package io.metasrv.application.heartbeat;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metasrv.Leadership;
import io.metasrv.application.metasrv.LeadershipState;
import io.metasrv.application.metasrv.Term;
import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.Task;
import io.metasrv.application.support.ManualRuntime;
import io.metasrv.application.support.RecordingMetrics;
import io.metasrv.application.support.WatchedEvents;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.leadership.LeaseWindow;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.NodeInfo;
import io.metasrv.protocol.v1.meta.Peer;
import io.metasrv.protocol.v1.meta.RequestHeader;
import io.metasrv.protocol.v1.meta.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A leader as far as heartbeats go, on a store in memory and in the test's time. */
final class LeaderFixture implements Leadership, AutoCloseable {

  static final String ADDRESS = "127.0.0.1:23002";
  private static final Duration LEASE = Duration.ofDays(365);

  final ManualRuntime runtime = new ManualRuntime();
  final RecordingMetrics metrics = new RecordingMetrics();
  final InMemoryStore store = new InMemoryStore();
  final HeartbeatTerms terms;
  final HeartbeatEndpoint endpoint;
  private final List<Task> sessions = new ArrayList<>();
  private Optional<HeartbeatTerm> heartbeats = Optional.empty();
  private long termNumber;

  LeaderFixture() {
    this(HeartbeatOptions.defaults(), HeartbeatExtensions.NONE);
  }

  LeaderFixture(HeartbeatOptions options, HeartbeatExtensions extensions) {
    this.terms = new HeartbeatTerms(options, extensions);
    this.endpoint = new HeartbeatEndpoint(this, terms, metrics);
  }

  /** A leader in its first term. */
  static LeaderFixture leading() {
    LeaderFixture fixture = new LeaderFixture();
    fixture.elected();
    return fixture;
  }

  /** Begins a term on the fixture's store. */
  HeartbeatTerm elected() {
    return elected(store);
  }

  /** Begins a term whose components work with another view of the store. */
  HeartbeatTerm elected(KeyValueStore view) {
    termNumber++;
    Term term =
        new Term(
            termNumber,
            ADDRESS,
            store.openTerm(ADDRESS),
            LeaseWindow.opened(runtime.monotonic(), runtime.wallClock(), LEASE),
            runtime);
    TermContext context =
        new TermContext(term, view, view, runtime, metrics, new WatchedEvents(), ADDRESS);
    HeartbeatTerm started = (HeartbeatTerm) terms.create(context);
    started.start();
    heartbeats = Optional.of(started);
    return started;
  }

  /** What belongs to the current or last term. */
  HeartbeatTerm term() {
    return heartbeats.orElseThrow();
  }

  /** The term is over. */
  void stepsDown() {
    term().term().end("the test says so");
  }

  /** A node opens a stream; it is served on a task of its own. */
  NodeEnd connect() {
    NodeEnd node = new NodeEnd();
    sessions.add(runtime.start("session", () -> endpoint.serve(node)));
    return node;
  }

  /** A node opens a stream and sends one message. */
  NodeEnd connect(HeartbeatRequest first) {
    return connect().sends(first);
  }

  /** The text under a key of the leader's memory. */
  Optional<String> memory(Bytes key) {
    return term().memory().get(key).map(Bytes::toUtf8);
  }

  /** The text under a key of the store. */
  Optional<String> stored(String key) {
    return store.get(Bytes.utf8(key)).map(Bytes::toUtf8);
  }

  /** The keys of the leader's memory. */
  List<String> memoryKeys() {
    return term().memory().range(KeyRange.all(), RangeOptions.ALL).kvs().stream()
        .map(kv -> kv.key().toUtf8())
        .toList();
  }

  /** Writes a pair to the store. */
  void store(String key, String value) {
    store.put(Bytes.utf8(key), Bytes.utf8(value), Previous.DISCARD);
  }

  static HeartbeatRequest handshake(Role role, long memberId) {
    return HeartbeatRequest.newBuilder().setHeader(header(role, memberId)).build();
  }

  private static RequestHeader header(Role role, long memberId) {
    return RequestHeader.newBuilder()
        .setProtocolVersion(1)
        .setMemberId(memberId)
        .setRole(role)
        .build();
  }

  /** What a node of the role sends, without anything of its own. */
  static HeartbeatRequest.Builder heartbeat(Role role, long id) {
    return HeartbeatRequest.newBuilder()
        .setHeader(header(role, id))
        .setPeer(Peer.newBuilder().setId(id).setAddr("127.0.0.1:" + (24100 + id)))
        .setNodeEpoch(100)
        .setInfo(
            NodeInfo.newBuilder()
                .setVersion("1.1.4")
                .setGitCommit("x")
                .setStartTimeMs(123)
                .setHostname("h"));
  }

  @Override
  public String serverAddress() {
    return ADDRESS;
  }

  @Override
  public Optional<Term> currentTerm() {
    return currentContext().map(TermContext::term);
  }

  @Override
  public Optional<TermContext> currentContext() {
    return heartbeats
        .map(started -> started.parts().context())
        .filter(context -> context.term().isHeld());
  }

  @Override
  public Optional<String> leaderAddress() {
    return currentTerm().map(term -> ADDRESS);
  }

  @Override
  public LeadershipState state() {
    return currentTerm()
        .<LeadershipState>map(term -> new LeadershipState.Leader(term, List.of()))
        .orElseGet(LeadershipState.Follower::new);
  }

  @Override
  public void close() throws InterruptedException {
    if (heartbeats.isPresent()) {
      stepsDown();
      term().stop();
    }
    for (Task session : sessions) {
      session.cancel();
      session.join();
    }
  }
}
