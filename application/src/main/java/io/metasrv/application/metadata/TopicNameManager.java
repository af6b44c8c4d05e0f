package io.metasrv.application.metadata;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.wal.TopicPruned;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Topics that regions keep their logs in (sheet 03 §3.10). Stateless, thread-safe. */
public final class TopicNameManager {

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public TopicNameManager(KeyValueStore store) {
    this.store = store;
  }

  /** All topics, ascending. */
  public List<String> names() {
    throw new UnsupportedOperationException("not written yet");
  }

  /** All topics with what is stored of them. */
  public SequencedMap<String, Stored<TopicPruned>> all() {
    throw new UnsupportedOperationException("not written yet");
  }

  /** What is stored of the topic. */
  public Optional<Stored<TopicPruned>> get(String topic) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Stores topics that were never pruned. */
  public void create(List<String> topics) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Records how far the topic was pruned (§6.18). */
  public void update(String topic, Stored<TopicPruned> current, long prunedEntryId) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Moves the list that old versions kept (§6.19). */
  public void migrateLegacy() {
    throw new UnsupportedOperationException("not written yet");
  }
}
