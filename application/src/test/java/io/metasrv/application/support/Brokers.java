package io.metasrv.application.support;

import io.metasrv.application.port.WalTopics;
import io.metasrv.domain.error.WalException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A remote log in memory that knows which topics it has, and may be away for some attempts. */
public final class Brokers implements WalTopics {

  private final AtomicInteger away = new AtomicInteger();
  private final List<String> created = new ArrayList<>();

  /** The next so many attempts to create topics fail. */
  public void awayFor(int attempts) {
    away.set(attempts);
  }

  /** The topics made so far, in their order. */
  public List<String> created() {
    return List.copyOf(created);
  }

  @Override
  public void create(List<String> topics) {
    if (away.getAndDecrement() > 0) {
      throw new WalException(true, "no broker answers", new IllegalStateException("away"));
    }
    created.addAll(topics);
  }

  @Override
  public void appendFirst(List<String> topics) {
    if (!created.containsAll(topics)) {
      throw new AssertionError("no such topics: " + topics);
    }
  }

  @Override
  public Map<String, Long> latestOffsets(List<String> topics) {
    return Map.of();
  }

  @Override
  public void deleteRecordsBefore(String topic, long offset) {
    throw new AssertionError("nothing is pruned here");
  }
}
