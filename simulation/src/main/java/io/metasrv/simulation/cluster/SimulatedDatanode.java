package io.metasrv.simulation.cluster;

import io.metasrv.domain.RegionId;
import io.metasrv.domain.time.MonotonicTime;
import io.metasrv.nodes.Datanode;
import io.metasrv.nodes.DatanodeOptions;
import io.metasrv.nodes.Moment;
import io.metasrv.nodes.NodeAction;
import io.metasrv.nodes.NodeObserver;
import io.metasrv.nodes.NodeProfile;
import io.metasrv.nodes.RegionsOnRecord;
import io.metasrv.nodes.region.RegionStorage;
import io.metasrv.simulation.cluster.NodeSide.Event;
import io.metasrv.simulation.kernel.SimulatedProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One datanode of a cluster: the state machine of module {@code nodes} in a process of its own,
 * started again after a crash.
 */
public final class SimulatedDatanode {

  private final Site site;
  private final Metasrvs metasrvs;
  private final long id;
  private final double clockRate;
  private final RegionStorage storage;
  private final List<RegionsOnRecord> onRecord;
  private final NodeObserver observer;
  private Life life;

  /**
   * A datanode that is not started yet.
   *
   * @param onRecord the regions it opens at each start
   * @param observer sees what it sees
   */
  public SimulatedDatanode(
      Site site,
      Metasrvs metasrvs,
      long id,
      double clockRate,
      RegionStorage storage,
      List<RegionsOnRecord> onRecord,
      NodeObserver observer) {
    this.site = site;
    this.metasrvs = metasrvs;
    this.id = id;
    this.clockRate = clockRate;
    this.storage = storage;
    this.onRecord = List.copyOf(onRecord);
    this.observer = observer;
    this.life = new Life();
  }

  /** Starts it. */
  public void start() {
    life.begin();
  }

  /** Kills it, if it lives, and starts it anew after the time. */
  public void crashAndRestartAfter(Duration downtime) {
    if (life.process.isAlive()) {
      life.process.crash();
      site.world()
          .at(
              downtime,
              "restart datanode " + id,
              () -> {
                life = new Life();
                life.begin();
              });
    }
  }

  /** Lets it read its stream, or leave unread what comes. */
  public void reads(boolean now) {
    Life current = life;
    current.process.post("reads " + now, () -> current.reads(now));
  }

  /** Makes it give up its stream and connect anew. */
  public void reconnects() {
    Life current = life;
    current.process.post("reconnects", current::loseStream);
  }

  /** Whether it would accept a write to the region right now, by its own clock. */
  public boolean isWritable(RegionId region) {
    return life.process.isAlive()
        && life.node.regions().isWritable(region, life.process.monotonic());
  }

  /** The process it runs in at the moment, or ran in last. */
  public SimulatedProcess process() {
    return life.process;
  }

  /** Its number. */
  public long id() {
    return id;
  }

  /** Its address. */
  public String address() {
    return address(id);
  }

  /** The address of the datanode with the number. */
  public static String address(long datanodeId) {
    return "datanode-" + datanodeId + ":4001";
  }

  /** One process of the datanode. */
  private final class Life {
    private final SimulatedProcess process = site.world().process("datanode-" + id, clockRate);
    private final Inbox<Event> inbox = new Inbox<>(process);
    private final Datanode node =
        new Datanode(
            NodeProfile.of(id, address(id), process.wallClock()),
            DatanodeOptions.permissive().withLeaseMode(io.metasrv.nodes.region.LeaseMode.STRICT),
            storage,
            onRecord,
            observer,
            now());
    private @Nullable NodeSide stream;
    private boolean greeted;
    private boolean reads = true;

    void begin() {
      process.post("boot", () -> process.start("datanode", this::run));
    }

    private Moment now() {
      return new Moment(process.monotonic(), process.wallClock());
    }

    private void run() throws InterruptedException {
      perform(node.start(now()));
      while (true) {
        Optional<MonotonicTime> wake = node.nextWake();
        if (wake.isPresent()) {
          inbox.await(wake.get().since(process.monotonic()));
        } else {
          inbox.await();
        }
        Optional<Event> event = inbox.poll();
        perform(event.isPresent() ? handle(event.get()) : node.wake(now()));
      }
    }

    private List<NodeAction> handle(Event event) throws InterruptedException {
      if (event.stream() != stream) {
        return List.of();
      }
      return switch (event) {
        case Event.Received received when greeted -> node.received(received.response(), now());
        case Event.Received first -> {
          greeted = true;
          yield node.connected(first.response(), now());
        }
        case Event.Ended ended when greeted -> node.responsesEnded(now());
        case Event.Unanswered late when greeted -> List.of();
        case Event.Ended ended -> failed();
        case Event.Unanswered unanswered -> failed();
      };
    }

    private List<NodeAction> failed() {
      dropStream();
      return node.connectFailed(now());
    }

    private void dropStream() {
      if (stream != null) {
        stream.drop();
      }
      stream = null;
      greeted = false;
    }

    private void perform(List<NodeAction> actions) throws InterruptedException {
      for (NodeAction action : actions) {
        switch (action) {
          case NodeAction.Connect connect -> connect();
          case NodeAction.Send send -> {
            NodeSide current = stream;
            if (current == null || !current.send(send.request())) {
              perform(node.sendFailed(now()));
            }
          }
        }
      }
    }

    private void connect() throws InterruptedException {
      dropStream();
      Optional<NodeSide> opened =
          metasrvs.connect(process, "stream of datanode " + id, node.handshake(), inbox::put);
      if (opened.isEmpty()) {
        perform(node.connectFailed(now()));
      } else {
        stream = opened.get();
        stream.reads(reads);
      }
    }

    void reads(boolean now) {
      reads = now;
      if (stream != null) {
        stream.reads(now);
      }
    }

    void loseStream() {
      if (stream != null) {
        stream.drop();
        inbox.put(new Event.Ended(stream));
      }
    }
  }
}
