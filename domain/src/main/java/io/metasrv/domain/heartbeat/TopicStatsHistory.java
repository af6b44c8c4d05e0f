package io.metasrv.domain.heartbeat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How fast remote-log topics grow: samples of all datanodes, merged in windows of 15 s, kept for
 * 1500 s (sheet 04 §16.2). Not thread-safe.
 */
public final class TopicStatsHistory {

  /** The interval in which datanodes report topics. */
  public static final Duration WINDOW = Duration.ofSeconds(15);

  /** Windows kept for a topic: retention of 1500 s by the window. */
  public static final int HISTORY_LIMIT = 100;

  private final TreeMap<String, Deque<Merged>> history = new TreeMap<>();
  private final TreeMap<String, TreeMap<Long, Sample>> active = new TreeMap<>();
  private long activeStartMillis;

  /**
   * Takes what one datanode reports at one moment. Within a window the newest report of a datanode
   * counts; a report outside of the window closes it.
   *
   * @return how many reports were ignored because they were not newer than what is known
   */
  public int add(long datanodeId, List<TopicStat> topics, long timestampMillis) {
    if (topics.isEmpty()) {
      return 0;
    }
    if (!active.isEmpty() && !isInWindow(timestampMillis)) {
      rotate();
    }
    if (active.isEmpty()) {
      activeStartMillis = Math.floorDiv(timestampMillis, 1000L) * 1000L;
    }
    int ignored = 0;
    for (TopicStat topic : topics) {
      TreeMap<Long, Sample> byNode = active.computeIfAbsent(topic.topic(), name -> new TreeMap<>());
      Sample known = byNode.get(datanodeId);
      if (known != null && known.timestampMillis >= timestampMillis) {
        ignored++;
      } else {
        byNode.put(datanodeId, new Sample(topic, timestampMillis));
      }
    }
    return ignored;
  }

  private boolean isInWindow(long timestampMillis) {
    return timestampMillis >= activeStartMillis
        && timestampMillis < activeStartMillis + WINDOW.toMillis();
  }

  private void rotate() {
    for (Map.Entry<String, TreeMap<Long, Sample>> topic : active.entrySet()) {
      Deque<Merged> windows = history.computeIfAbsent(topic.getKey(), name -> new ArrayDeque<>());
      windows.addLast(merge(topic.getValue()));
      if (windows.size() > HISTORY_LIMIT) {
        windows.removeFirst();
      }
    }
    active.clear();
  }

  private Merged merge(TreeMap<Long, Sample> byNode) {
    long latest = 0;
    long size = 0;
    long count = 0;
    for (Sample sample : byNode.values()) {
      long entry = sample.stat.latestEntryId();
      latest = Long.compareUnsigned(entry, latest) > 0 ? entry : latest;
      size += sample.stat.recordSize();
      count += sample.stat.recordCount();
    }
    return new Merged(latest, size, count, activeStartMillis);
  }

  /** The latest entry of the last closed window and its start. */
  public Optional<LatestEntry> latestEntry(String topic) {
    Deque<Merged> windows = history.get(topic);
    return windows == null
        ? Optional.empty()
        : Optional.of(
            new LatestEntry(windows.getLast().latestEntryId, windows.getLast().startMillis));
  }

  /**
   * The mean size of a record between the last closed window and the newest one that lies more than
   * the period before it. Empty if the history is too short or a counter went back (a datanode
   * restarted).
   */
  public Optional<Average> average(String topic, Duration period) {
    List<Merged> windows = new ArrayList<>(history.getOrDefault(topic, new ArrayDeque<>()));
    if (windows.size() < 2) {
      return Optional.empty();
    }
    Merged last = windows.getLast();
    if (windows.getFirst().startMillis + period.toMillis() > last.startMillis) {
      return Optional.empty();
    }
    for (Merged earlier : windows.reversed().subList(1, windows.size())) {
      if (earlier.startMillis + period.toMillis() < last.startMillis) {
        return between(earlier, last);
      }
    }
    return Optional.empty();
  }

  private static Optional<Average> between(Merged from, Merged to) {
    if (Long.compareUnsigned(to.recordSize, from.recordSize) < 0
        || Long.compareUnsigned(to.recordCount, from.recordCount) < 0) {
      return Optional.empty();
    }
    long count = to.recordCount - from.recordCount;
    long size = to.recordSize - from.recordSize;
    return Optional.of(
        new Average(
            count == 0 ? 0 : Long.divideUnsigned(size, count), from.startMillis, to.startMillis));
  }

  /**
   * The end of a topic.
   *
   * @param entryId its latest entry, unsigned
   * @param windowStartMillis start of the window it was seen in
   */
  public record LatestEntry(long entryId, long windowStartMillis) {}

  /**
   * A mean over an interval of windows.
   *
   * @param recordBytes mean size of a record, 0 without records
   * @param fromMillis start of the first window
   * @param toMillis start of the last window
   */
  public record Average(long recordBytes, long fromMillis, long toMillis) {}

  private record Sample(TopicStat stat, long timestampMillis) {}

  private record Merged(long latestEntryId, long recordSize, long recordCount, long startMillis) {}
}
