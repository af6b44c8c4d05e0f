package io.metasrv.application.metasrv;

import io.metasrv.application.port.Election;
import io.metasrv.application.port.EventLog;
import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.Task;
import io.metasrv.domain.leadership.Backoff;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this node on the list of those that are alive (sheet 02 §11): a fresh record every half of
 * the announcement's lease, sooner after a failure, and none once the node has stopped.
 * Thread-safe.
 */
public final class CandidateAnnouncer {

  private final Election election;
  private final SelfDescription self;
  private final Runtime runtime;
  private final LeadershipJournal journal;
  private final ReentrantLock lifecycle = new ReentrantLock();
  private @Nullable Task task;

  /**
   * @param address the advertised address of this node
   */
  public CandidateAnnouncer(
      Election election,
      String address,
      SelfDescription self,
      Runtime runtime,
      Metrics metrics,
      EventLog events) {
    this.election = election;
    this.self = self;
    this.runtime = runtime;
    this.journal = new LeadershipJournal(address, runtime, metrics, events);
  }

  /** Begins to announce this node. Does nothing if it does so already. */
  public void start() {
    lifecycle.lock();
    try {
      if (task == null) {
        task = runtime.start("announcements", this::run);
      }
    } finally {
      lifecycle.unlock();
    }
  }

  /** Takes the announcement back. Does nothing if there is none. */
  public void stop() throws InterruptedException {
    lifecycle.lockInterruptibly();
    try {
      Task running = task;
      if (running != null) {
        running.cancel();
        running.join();
        task = null;
        election.withdraw();
      }
    } finally {
      lifecycle.unlock();
    }
  }

  private void run() throws InterruptedException {
    int failures = 0;
    while (true) {
      try {
        election.announce(self.describe());
        failures = 0;
        runtime.sleep(election.candidateLease().dividedBy(2));
      } catch (RuntimeException failure) {
        journal.announcementFailed(failure);
        runtime.sleep(Backoff.ELECTION.pause(failures, runtime.random()));
        failures++;
      }
    }
  }
}
