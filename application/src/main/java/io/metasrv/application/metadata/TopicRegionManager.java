package io.metasrv.application.metadata;

import io.metasrv.application.metadata.codec.TopicRegionCodec;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.key.TopicRegionKey;
import io.metasrv.domain.wal.ReplayCheckpoint;
import io.metasrv.domain.wal.TopicRegion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which regions keep their logs in which topic (sheet 03 §3.10). Stateless, thread-safe. */
public final class TopicRegionManager {

  private static final Logger LOG = LoggerFactory.getLogger(TopicRegionManager.class);

  private static final TopicRegionCodec CODEC = TopicRegionCodec.CODEC;

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public TopicRegionManager(KeyValueStore store) {
    this.store = store;
  }

  private static Bytes key(String topic, RegionId region) {
    return new TopicRegionKey(topic, region).toBytes();
  }

  /** What is stored of the region in the topic. */
  public Optional<Stored<TopicRegion>> get(String topic, RegionId region) {
    return Reads.get(store, key(topic, region), CODEC);
  }

  /** The regions of the topic, ascending by the text of their ids. */
  public SequencedMap<RegionId, Stored<TopicRegion>> regions(String topic) {
    LinkedHashMap<RegionId, Stored<TopicRegion>> regions = new LinkedHashMap<>();
    Reads.scan(store, TopicRegionKey.prefixOf(topic), TopicRegionKey::parse, CODEC)
        .forEach((key, stored) -> regions.put(key.region(), stored));
    return regions;
  }

  /**
   * Records checkpoints of regions that are still in the topic. A region that left it meanwhile, or
   * whose entry was changed by another, is left out: it gets its checkpoint the next time.
   *
   * @return how many were recorded
   */
  public int saveCheckpoints(String topic, SortedMap<RegionId, ReplayCheckpoint> checkpoints) {
    SequencedMap<RegionId, Stored<TopicRegion>> known =
        Reads.batch(store, List.copyOf(checkpoints.keySet()), region -> key(topic, region), CODEC);
    List<Pending> pending = new ArrayList<>();
    known.forEach(
        (region, stored) -> {
          ReplayCheckpoint checkpoint = checkpoints.get(region);
          if (checkpoint != null) {
            Bytes value = CODEC.encode(stored.value().with(checkpoint));
            pending.add(new Pending(key(topic, region), stored.raw(), value));
          }
        });
    int saved = 0;
    for (List<Pending> group : Groups.of(pending, store.maxTxnOps())) {
      saved += save(group);
    }
    return saved;
  }

  private int save(List<Pending> group) {
    if (commit(group)) {
      return group.size();
    }
    int saved = 0;
    for (Pending each : group) {
      if (commit(List.of(each))) {
        saved++;
      } else {
        LOG.info("The checkpoint under {} is not recorded: its region moved", each.key);
      }
    }
    return saved;
  }

  private boolean commit(List<Pending> group) {
    GuardedTxn txn = new GuardedTxn();
    group.forEach(each -> txn.replace(each.key, each.expected, each.value));
    return txn.commit(store).committed();
  }

  private record Pending(Bytes key, Bytes expected, Bytes value) {}
}
