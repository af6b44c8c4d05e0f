package io.metasrv.application.heartbeat;

import io.metasrv.application.heartbeat.codec.FlowReportCodec;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.wire.HeartbeatMessages;
import io.metasrv.domain.heartbeat.FlowReport;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.key.FlowStateKey;
import io.metasrv.domain.time.MonotonicTime;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the state of all flows under the one key clients read. The last reports of all flownodes
 * that are alive are merged; in the reference the last flownode to report hides the flows of the
 * others (sheet 04 §25 no. 18).
 */
final class FlowStateHandler implements HeartbeatHandler {

  private final KeyValueStore memory;
  private final Runtime runtime;
  private final Duration aliveWindow;
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<Long, Reported> reports = new TreeMap<>(Long::compareUnsigned);

  FlowStateHandler(HeartbeatParts parts) {
    this.memory = parts.memory();
    this.runtime = parts.context().runtime();
    this.aliveWindow = parts.options().times().aliveWindow(NodeRole.FLOWNODE);
  }

  @Override
  public boolean accepts(NodeRole role) {
    return role == NodeRole.FLOWNODE;
  }

  @Override
  public Outcome handle(HeartbeatExchange exchange) {
    if (exchange.request().hasFlowStat()) {
      write(
          exchange.pusher().key().id(), HeartbeatMessages.flows(exchange.request().getFlowStat()));
    }
    return Outcome.CONTINUE;
  }

  private void write(long flownodeId, FlowReport report) {
    MonotonicTime now = runtime.monotonic();
    lock.lock();
    try {
      reports.put(flownodeId, new Reported(report, now));
      reports.values().removeIf(each -> now.since(each.at).compareTo(aliveWindow) >= 0);
      FlowReport merged = FlowReport.empty();
      for (Reported each : reports.values()) {
        merged = merged.mergedWith(each.report);
      }
      memory.put(FlowStateKey.KEY, FlowReportCodec.encode(merged), Previous.DISCARD);
    } finally {
      lock.unlock();
    }
  }

  private record Reported(FlowReport report, MonotonicTime at) {}
}
