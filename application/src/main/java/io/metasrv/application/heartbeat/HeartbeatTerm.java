package io.metasrv.application.heartbeat;

import io.metasrv.application.cache.CacheInvalidator;
import io.metasrv.application.discovery.NodeDiscovery;
import io.metasrv.application.mailbox.Mailbox;
import io.metasrv.application.mailbox.Pushers;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metasrv.Term;
import io.metasrv.application.metasrv.TermComponent;
import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.StreamEnd;
import io.metasrv.application.port.Task;
import io.metasrv.application.pubsub.HeartbeatPublisher;
import io.metasrv.application.store.Sequence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the leader has for heartbeats in one term: connected nodes, mailbox, memory,
 * registries and the chain. The moment the term ends every stream is ended, so that no stream
 * accepted as leader survives it; {@link #stop()} only waits for what runs. Thread-safe.
 */
public final class HeartbeatTerm implements TermComponent {

  private static final String MAILBOX_SEQUENCE = "heartbeat_mailbox";

  /** Ids reserved at a time (sheet 04 §5.3). */
  private static final long MAILBOX_STEP = 100;

  private final HeartbeatParts parts;
  private final HeartbeatChain chain;
  private final NodeDiscovery discovery;
  private final HeartbeatTerms owner;
  private @Nullable Task expiry;

  HeartbeatTerm(
      TermContext context,
      HeartbeatOptions options,
      HeartbeatExtensions extensions,
      List<HandlerRecipe> recipes,
      HeartbeatTerms owner) {
    this.owner = owner;
    this.parts = parts(context, options, extensions);
    this.chain = new HeartbeatChain(recipes, parts);
    this.discovery = new NodeDiscovery(parts.memory()::range, options.times(), context.runtime());
  }

  private static HeartbeatParts parts(
      TermContext context, HeartbeatOptions options, HeartbeatExtensions extensions) {
    Pushers pushers = new Pushers(context.metrics());
    Sequence ids = new Sequence(context.store(), MAILBOX_SEQUENCE, 1, MAILBOX_STEP, Sequence.MAX);
    Mailbox mailbox =
        new Mailbox(context.term(), pushers, ids::next, context.runtime(), context.serverAddress());
    OperatingRegions operating = new OperatingRegions();
    RegionLeases leases =
        extensions
            .regionLeases()
            .map(make -> make.apply(context, operating))
            .orElseGet(
                () -> new StoredRouteLeases(context.cachedStore(), operating, context.metrics()));
    return new HeartbeatParts(
        context,
        options,
        new InMemoryStore(),
        pushers,
        mailbox,
        new CacheInvalidator(mailbox),
        new NodeAddresses(context.cachedStore()),
        new LeaderRegions(),
        new TopicStats(),
        operating,
        leases,
        new RegionCounts(),
        new HeartbeatPublisher(context.runtime(), context.metrics()));
  }

  @Override
  public String name() {
    return "heartbeats";
  }

  @Override
  public void start() {
    StreamEnd reason = new StreamEnd.NotLeader(parts.context().serverAddress());
    Runnable unused = term().onEnd(() -> end(reason));
    expiry =
        parts
            .context()
            .runtime()
            .start(
                "node-expiry",
                new NodeExpiry(
                    parts.memory(), parts.options().nodeMaxIdleTime(), parts.context().runtime()));
    owner.started(this);
  }

  private void end(StreamEnd reason) {
    owner.ended(this);
    parts.pushers().closeAll(reason);
    parts.publisher().close();
  }

  @Override
  public void stop() throws InterruptedException {
    end(new StreamEnd.NotLeader(parts.context().serverAddress()));
    Task running = expiry;
    if (running != null) {
      running.cancel();
      running.join();
    }
  }

  /** The term. */
  public Term term() {
    return parts.context().term();
  }

  /** The leader's memory, which service Cluster serves. */
  public KeyValueStore memory() {
    return parts.memory();
  }

  /** What was built for this term. */
  public HeartbeatParts parts() {
    return parts;
  }

  /** The handlers. */
  public HeartbeatChain chain() {
    return chain;
  }

  /** Messages to nodes. */
  public Mailbox mailbox() {
    return parts.mailbox();
  }

  /** Broadcasts of what changed. */
  public CacheInvalidator caches() {
    return parts.caches();
  }

  /** Who is alive. */
  public NodeDiscovery discovery() {
    return discovery;
  }
}
