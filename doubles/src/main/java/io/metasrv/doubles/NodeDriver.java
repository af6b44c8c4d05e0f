package io.metasrv.doubles;

import io.metasrv.client.HeartbeatStream;
import io.metasrv.client.MetaClient;
import io.metasrv.client.MetaClientException;
import io.metasrv.domain.time.MonotonicTime;
import io.metasrv.nodes.ClusterNode;
import io.metasrv.nodes.Moment;
import io.metasrv.nodes.NodeAction;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one node on the real wire: one virtual thread carries out all of its steps, others wait for
 * responses and connections and hand them over. One object is one process; it starts once.
 */
final class NodeDriver<N extends ClusterNode> {

  private static final Logger LOG = LoggerFactory.getLogger(NodeDriver.class);

  /** How long a caller of the node's services waits at most; longer than any client does. */
  private static final Duration CALL_LIMIT = Duration.ofSeconds(60);

  private static final Duration FOREVER = Duration.ofDays(1);

  /** Builds the node, perhaps reading from the store what it needs to start. */
  interface Start<N> {
    N create(MetaClient client, Moment now);
  }

  private final String name;
  private final MetaClient client;
  private final Observations observations;
  private final StreamWatch watch;
  private final Gate gate;
  private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
  private final CompletableFuture<N> started = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean closed;
  private @Nullable HeartbeatStream stream;
  private long generation;

  NodeDriver(
      String name,
      MetaClient client,
      Observations observations,
      StreamWatch watch,
      Gate gate,
      Start<N> start) {
    this.name = name;
    this.client = client;
    this.observations = observations;
    this.watch = watch;
    this.gate = gate;
    this.thread = Thread.ofVirtual().name(name).unstarted(() -> run(start));
  }

  void start() {
    thread.start();
  }

  static Moment now() {
    return new Moment(new MonotonicTime(System.nanoTime()), Instant.now());
  }

  /**
   * Does something in the node's own thread, between two of its steps.
   *
   * @throws CancellationException if the node is stopped before
   */
  <T> T call(Call<N, T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    events.add(
        () -> {
          try {
            done.complete(work.on(started.join(), now()));
          } catch (RuntimeException failed) {
            done.completeExceptionally(failed);
          }
        });
    try {
      return done.get(CALL_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(name + ": unexpected failure", failed);
    } catch (TimeoutException late) {
      throw new CancellationException(name + " did not answer; is it stopped or stalled?");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CancellationException(name + ": interrupted");
    }
  }

  /** Work on a node. */
  interface Call<N, T> {
    T on(N node, Moment now);
  }

  /** Ends the process; what was under way is lost. */
  void close() {
    closed = true;
    thread.interrupt();
    HeartbeatStream open = stream;
    if (open != null) {
      open.close();
    }
    client.close();
    observations.disconnected();
  }

  private void run(Start<N> start) {
    try {
      N node = create(start);
      started.complete(node);
      perform(node, node.start(now()));
      while (!closed) {
        Runnable event = events.poll(untilWake(node).toNanos(), TimeUnit.NANOSECONDS);
        gate.pass();
        if (event != null) {
          event.run();
        }
        perform(node, node.wake(now()));
      }
    } catch (InterruptedException stopped) {
      LOG.debug("{} stopped", name);
    } catch (RuntimeException broken) {
      if (!closed) {
        observations.problem("The double itself failed: " + broken);
        LOG.error("{} failed; it will do nothing more", name, broken);
      }
    }
  }

  /** A node that cannot read what it needs ends, and whoever supervises it starts it again. */
  private N create(Start<N> start) throws InterruptedException {
    while (true) {
      gate.pass();
      try {
        return start.create(client, now());
      } catch (MetaClientException unreachable) {
        if (unreachable.reason() == MetaClientException.Reason.INTERRUPTED || closed) {
          throw new InterruptedException(name);
        }
        observations.problem("Start failed: " + unreachable.getMessage());
        Thread.sleep(Duration.ofMillis(500));
      }
    }
  }

  private Duration untilWake(N node) {
    return node.nextWake()
        .map(wake -> wake.since(now().monotonic()))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
        .orElse(FOREVER);
  }

  private void perform(N node, List<NodeAction> actions) {
    for (NodeAction action : actions) {
      switch (action) {
        case NodeAction.Connect connect -> connect(node);
        case NodeAction.Send send -> {
          if (!sent(send.request())) {
            perform(node, node.sendFailed(now()));
          }
        }
      }
    }
  }

  /**
   * Sends, or pretends to: into a stream whose responses have ended, but which nobody has reset, a
   * message can still be written; it goes nowhere.
   */
  private boolean sent(HeartbeatRequest request) {
    HeartbeatStream open = stream;
    if (open == null) {
      return false;
    }
    if (open.hasEnded()) {
      return !watch.requestSideIsGone();
    }
    try {
      open.send(request);
      return true;
    } catch (MetaClientException ended) {
      return !watch.requestSideIsGone();
    }
  }

  private void connect(N node) {
    long mine = ++generation;
    HeartbeatStream old = stream;
    stream = null;
    if (old != null) {
      old.close();
    }
    observations.disconnected();
    var unused =
        Thread.ofVirtual()
            .name(name + "-connect")
            .start(
                () -> {
                  try {
                    HeartbeatStream opened = client.heartbeat();
                    events.add(() -> connected(node, mine, opened));
                  } catch (MetaClientException failed) {
                    observations.problem(String.valueOf(failed.getMessage()));
                    events.add(() -> ifCurrent(mine, () -> node.connectFailed(now()), node));
                  }
                });
  }

  private void connected(N node, long mine, HeartbeatStream opened) {
    if (mine != generation || closed) {
      opened.close();
      return;
    }
    stream = opened;
    watch.opened(opened.address());
    observations.connected(opened.address());
    perform(node, node.connected(opened.handshake(), now()));
    var unused = Thread.ofVirtual().name(name + "-responses").start(() -> read(node, mine, opened));
  }

  private void read(N node, long mine, HeartbeatStream opened) {
    try {
      while (true) {
        HeartbeatResponse response = opened.receive();
        events.add(() -> ifCurrent(mine, () -> node.received(response, now()), node));
      }
    } catch (MetaClientException ended) {
      if (!closed) {
        observations.problem(String.valueOf(ended.getMessage()));
      }
      events.add(
          () -> {
            if (mine == generation) {
              observations.disconnected();
            }
            ifCurrent(mine, () -> node.responsesEnded(now()), node);
          });
    }
  }

  private void ifCurrent(long mine, Supplier<List<NodeAction>> event, N node) {
    if (mine == generation) {
      perform(node, event.get());
    }
  }
}
