package io.metasrv.application.metadata;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.wal.ReplayCheckpoint;
import io.metasrv.domain.wal.TopicRegion;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;

/** Which regions keep their logs in which topic (sheet 03 §3.10). Stateless, thread-safe. */
public final class TopicRegionManager {

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public TopicRegionManager(KeyValueStore store) {
    this.store = store;
  }

  /** What is stored of the region in the topic. */
  public Optional<Stored<TopicRegion>> get(String topic, RegionId region) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** The regions of the topic. */
  public SequencedMap<RegionId, Stored<TopicRegion>> regions(String topic) {
    throw new UnsupportedOperationException("not written yet");
  }

  /**
   * Records checkpoints of regions that are still in the topic; those that are not are left out.
   */
  public void saveCheckpoints(String topic, SortedMap<RegionId, ReplayCheckpoint> checkpoints) {
    throw new UnsupportedOperationException("not written yet");
  }
}
