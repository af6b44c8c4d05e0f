package io.metasrv.application.ddl;

import io.metasrv.application.metadata.TableAllocator;
import io.metasrv.application.port.Runtime;
import io.metasrv.domain.Peer;
import io.metasrv.domain.error.NotEnoughNodesException;
import io.metasrv.domain.error.ProcedureException;
import io.metasrv.domain.heartbeat.HeartbeatTimes;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.time.MonotonicTime;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * A new leader knows no nodes before they have found it. Statements that need nodes are tried again
 * until each node that lives has had the time for a heartbeat; in the original they fail, and so
 * does whoever sends a statement again because its leader died. Thread-safe.
 */
final class FirstHeartbeats {

  /** One to notice that the stream to the former leader is dead, one to find the next. */
  private static final int WINDOWS = 2;

  private final Runtime runtime;
  private final MonotonicTime end;

  private FirstHeartbeats(Runtime runtime, MonotonicTime end) {
    this.runtime = runtime;
    this.end = end;
  }

  /**
   * Those of a term that begins now.
   *
   * @param interval base interval of heartbeats
   */
  static FirstHeartbeats of(Duration interval, Runtime runtime) {
    Duration alive = new HeartbeatTimes(interval).aliveWindow(NodeRole.DATANODE);
    return new FirstHeartbeats(runtime, runtime.monotonic().plus(alive.multipliedBy(WINDOWS)));
  }

  /** A choice of datanodes that may be tried again while nodes are still to come. */
  TableAllocator.Peers aroundTables(TableAllocator.Peers datanodes) {
    return (regions, extensions) -> patiently(() -> datanodes.forTable(regions, extensions));
  }

  /** The same for flownodes. */
  IntFunction<List<Peer>> aroundFlows(IntFunction<List<Peer>> flownodes) {
    return partitions -> patiently(() -> flownodes.apply(partitions));
  }

  private List<Peer> patiently(Supplier<List<Peer>> choice) {
    try {
      return choice.get();
    } catch (NotEnoughNodesException none) {
      if (runtime.monotonic().isBefore(end)) {
        throw ProcedureException.retryLater(none, false);
      }
      throw none;
    }
  }
}
