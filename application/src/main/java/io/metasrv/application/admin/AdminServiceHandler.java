package io.metasrv.application.admin;

import io.metasrv.application.cluster.LeaderMemoryReader;
import io.metasrv.application.metasrv.Leadership;
import io.metasrv.application.metasrv.LeadershipState;
import io.metasrv.application.port.EventLog;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.service.AdminService;
import io.metasrv.application.store.RuntimeSwitches;
import io.metasrv.application.storeservice.LeaderWrites;
import io.metasrv.application.wire.ByteStrings;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.key.SwitchKeys;
import io.metasrv.protocol.v1.meta.BatchDeleteRequest;
import io.metasrv.protocol.v1.meta.PutRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Service Admin (sheet 09 §3). Reads come from the shared store or the leader's memory, writes go
 * through the leader, so that every route works on every node. What an operator changes is recorded
 * in the audit trail.
 */
public final class AdminServiceHandler implements AdminService {

  private final Leadership leadership;
  private final boolean sharedStore;
  private final KeyValueStore store;
  private final LeaderWrites writes;
  private final RuntimeSwitches switches;
  private final NodeReports reports;
  private final TableIds tableIds;
  private final EventLog events;
  private final Runtime runtime;

  /**
   * @param sharedStore whether several nodes can share the store, so that there is an election
   * @param store the metadata store beneath the chroot, for reads
   * @param writes the way to the leader
   * @param memory the leader's memory, from any node
   */
  public AdminServiceHandler(
      Leadership leadership,
      boolean sharedStore,
      KeyValueStore store,
      LeaderWrites writes,
      LeaderMemoryReader memory,
      EventLog events,
      Runtime runtime) {
    this.leadership = leadership;
    this.sharedStore = sharedStore;
    this.store = store;
    this.writes = writes;
    this.switches = new RuntimeSwitches(store);
    this.reports = new NodeReports(memory);
    this.tableIds = new TableIds(store, writes);
    this.events = events;
    this.runtime = runtime;
  }

  @Override
  public Optional<String> leader() {
    return sharedStore ? leadership.leaderAddress() : Optional.empty();
  }

  @Override
  public boolean hasElection() {
    return sharedStore;
  }

  @Override
  public String nodeLeasesJson() {
    return reports.nodeLeases();
  }

  @Override
  public String heartbeatsJson(Optional<String> address) {
    return reports.heartbeats(address);
  }

  @Override
  public boolean isOn(Switch which) {
    return switches.isOn(which);
  }

  @Override
  public void set(Switch which, boolean on) {
    if (on) {
      writes.put(
          PutRequest.newBuilder().setKey(ByteStrings.toWire(RuntimeSwitches.key(which))).build());
    } else {
      writes.batchDelete(
          BatchDeleteRequest.newBuilder()
              .addAllKeys(RuntimeSwitches.keys(which).stream().map(ByteStrings::toWire).toList())
              .build());
    }
    record("admin.switch", which.name().toLowerCase(Locale.ROOT), on ? "on" : "off");
  }

  @Override
  public long nextTableId() {
    return tableIds.next();
  }

  @Override
  public long setNextTableId(long next) {
    if (!switches.isOn(Switch.RECOVERY)) {
      throw ServiceException.unexpected(
          "Unexpected, violated: Setting next table id is only allowed in recovery mode");
    }
    tableIds.jumpTo(next);
    record("admin.next_table_id", "next_table_id", Long.toUnsignedString(next));
    return next;
  }

  @Override
  public Readiness readiness() {
    List<String> reasons = new ArrayList<>();
    Optional<String> leader = leaderFor(reasons);
    return switch (leadership.state()) {
      case LeadershipState.Stopped ignored -> {
        reasons.add("this node takes no part in the election (yet, or any more)");
        yield readiness("starting", leader, OptionalLong.empty(), reasons);
      }
      case LeadershipState.Follower ignored -> {
        if (reasons.isEmpty() && leader.isEmpty()) {
          reasons.add("no metasrv leads at the moment");
        }
        yield readiness("follower", leader, OptionalLong.empty(), reasons);
      }
      case LeadershipState.Elected elected -> {
        reasons.add("elected, waiting for the start of: " + elected.waitingFor());
        yield readiness("starting", leader, OptionalLong.of(elected.term().number()), reasons);
      }
      case LeadershipState.Leader leading -> {
        // What it has to do without makes it slower, not unfit; operators see it in the audit
        // trail.
        yield readiness("leader", leader, OptionalLong.of(leading.term().number()), reasons);
      }
    };
  }

  private Optional<String> leaderFor(List<String> reasons) {
    try {
      store.get(SwitchKeys.MAINTENANCE);
      return leadership.leaderAddress();
    } catch (MetasrvException unreachable) {
      reasons.add("the metadata store cannot be asked: " + unreachable.getMessage());
      return Optional.empty();
    }
  }

  private static Readiness readiness(
      String role, Optional<String> leader, OptionalLong term, List<String> reasons) {
    return new Readiness(reasons.isEmpty(), role, leader, term, reasons);
  }

  private void record(String type, String name, String value) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put(name, value);
    events.record(
        new EventLog.Event(runtime.wallClock(), type, leadership.serverAddress(), attributes));
  }
}
