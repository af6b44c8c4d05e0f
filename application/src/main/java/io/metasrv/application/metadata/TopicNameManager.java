package io.metasrv.application.metadata;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.metadata.codec.TopicPrunedCodec;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.key.LegacyTopicsKey;
import io.metasrv.domain.key.TopicNameKey;
import io.metasrv.domain.wal.TopicPruned;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Topics that regions keep their logs in (sheet 03 §3.10). Stateless, thread-safe. */
public final class TopicNameManager {

  private static final TopicPrunedCodec CODEC = TopicPrunedCodec.CODEC;

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public TopicNameManager(KeyValueStore store) {
    this.store = store;
  }

  private static Bytes key(String topic) {
    return new TopicNameKey(topic).toBytes();
  }

  /** All topics, ascending. */
  public List<String> names() {
    return Reads.keys(store, TopicNameKey.PREFIX, TopicNameKey::parse).stream()
        .map(TopicNameKey::topic)
        .toList();
  }

  /** All topics with what is stored of them. */
  public SequencedMap<String, Stored<TopicPruned>> all() {
    LinkedHashMap<String, Stored<TopicPruned>> all = new LinkedHashMap<>();
    Reads.scan(store, TopicNameKey.PREFIX, TopicNameKey::parse, CODEC)
        .forEach((key, stored) -> all.put(key.topic(), stored));
    return all;
  }

  /** What is stored of the topic. */
  public Optional<Stored<TopicPruned>> get(String topic) {
    return Reads.get(store, key(topic), CODEC);
  }

  /** Stores topics that were never pruned; one that is stored already keeps what it has. */
  public void create(List<String> topics) {
    Bytes value = CODEC.encode(TopicPruned.NEVER);
    for (String topic : topics) {
      new GuardedTxn().create(key(topic), value).commit(store);
    }
  }

  /**
   * Records how far the topic was pruned (§6.18).
   *
   * @throws ServiceException (Unexpected) if another recorded something else, or the topic is gone
   */
  public void update(String topic, Stored<TopicPruned> current, long prunedEntryId) {
    TopicPruned changed = current.value().with(prunedEntryId);
    new GuardedTxn()
        .replace(key(topic), current.raw(), CODEC.encode(changed))
        .commit(store)
        .settle(key(topic), CODEC, changed, "topic name value", "updating TopicNameValue");
  }

  /**
   * Moves the list that old versions kept (§6.19): first every topic gets its key, then the list
   * goes, so that after a crash it is done again.
   *
   * @throws ServiceException (Unexpected) if the list cannot be read; it is left as it is
   */
  public void migrateLegacy() {
    Optional<Bytes> legacy = store.get(LegacyTopicsKey.KEY);
    if (legacy.isPresent()) {
      create(legacyTopics(legacy.get()));
      Writes.deleteAll(store, List.of(LegacyTopicsKey.KEY));
    }
  }

  private static List<String> legacyTopics(Bytes json) {
    try {
      return JsonReader.read(json).asArray().stream().map(JsonValue::asText).toList();
    } catch (JsonFormatException e) {
      throw new ServiceException(
          StatusCode.UNEXPECTED,
          "Failed to serde json: the value of key " + LegacyTopicsKey.KEY + " cannot be read",
          e);
    }
  }
}
