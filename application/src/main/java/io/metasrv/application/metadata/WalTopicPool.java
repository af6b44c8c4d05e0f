package io.metasrv.application.metadata;

import io.metasrv.application.port.Runtime;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The topics that new regions are given, in turn, beginning somewhere (sheet 03 §9.3). Thread-safe.
 */
public final class WalTopicPool {

  private final List<String> topics;
  private final AtomicLong next;

  /**
   * @param topics at least one
   * @param runtime for the beginning
   */
  public WalTopicPool(List<String> topics, Runtime runtime) {
    if (topics.isEmpty()) {
      throw MetadataErrors.invalidNumTopics(0);
    }
    this.topics = List.copyOf(topics);
    this.next = new AtomicLong(runtime.random().nextInt(64));
  }

  /** The next topic. */
  public String next() {
    return topics.get((int) Math.floorMod(next.getAndIncrement(), (long) topics.size()));
  }

  /** All topics. */
  public List<String> topics() {
    return topics;
  }
}
