package io.metasrv.application.heartbeat;

import io.metasrv.domain.heartbeat.DatanodeStat;
import io.metasrv.domain.heartbeat.TopicStatsHistory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** How fast remote-log topics grow (sheet 04 §16.2). Belongs to one term. Thread-safe. */
public final class TopicStats {

  private final ReentrantLock lock = new ReentrantLock();
  private final TopicStatsHistory history = new TopicStatsHistory();

  /**
   * Takes the topics of a datanode.
   *
   * @return how many reports were ignored because they were not newer than what is known
   */
  public int add(DatanodeStat stat) {
    if (stat.topics().isEmpty()) {
      return 0;
    }
    lock.lock();
    try {
      return history.add(stat.id(), stat.topics(), stat.timestampMillis());
    } finally {
      lock.unlock();
    }
  }

  /** See {@link TopicStatsHistory#latestEntry}. */
  public Optional<TopicStatsHistory.LatestEntry> latestEntry(String topic) {
    lock.lock();
    try {
      return history.latestEntry(topic);
    } finally {
      lock.unlock();
    }
  }

  /** See {@link TopicStatsHistory#average}. */
  public Optional<TopicStatsHistory.Average> average(String topic, Duration period) {
    lock.lock();
    try {
      return history.average(topic, period);
    } finally {
      lock.unlock();
    }
  }
}
