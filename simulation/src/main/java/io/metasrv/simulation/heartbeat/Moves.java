package io.metasrv.simulation.heartbeat;

import io.metasrv.domain.TableId;
import java.time.Duration;
import java.util.List;

/** What is moved in a run, and how it goes; shared by the movers of all leaders. */
final class Moves {

  private final List<TableId> tables;
  private final int datanodes;
  private final Duration leaseWait;
  private boolean mayBegin = true;
  private int done;
  private int failed;

  /**
   * @param leaseWait how long the lease of a former leader is waited for
   */
  Moves(List<TableId> tables, int datanodes, Duration leaseWait) {
    this.tables = List.copyOf(tables);
    this.datanodes = datanodes;
    this.leaseWait = leaseWait;
  }

  List<TableId> tables() {
    return tables;
  }

  int datanodes() {
    return datanodes;
  }

  Duration leaseWait() {
    return leaseWait;
  }

  boolean mayBegin() {
    return mayBegin;
  }

  /** What has begun is finished, nothing new is begun. */
  void beginNoMore() {
    mayBegin = false;
  }

  void done() {
    done++;
  }

  void failed() {
    failed++;
  }

  /** Steps of moves that failed or whose outcome is unknown. */
  int failures() {
    return failed;
  }

  /** Moves that came to their end. */
  int finished() {
    return done;
  }
}
