package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.RegionId;

/**
 * {@code __topic_region/<topic>/<region id>}: a region keeps its log in a topic.
 *
 * @param topic the topic
 * @param region the region
 */
public record TopicRegionKey(String topic, RegionId region) {

  private static final String FAMILY = "__topic_region/";

  private static final KeyFormat FORMAT =
      KeyFormat.of(FAMILY, KeyFormat.TOPIC + "/" + KeyFormat.NUMBER);

  /** Begins every key of this kind. */
  public static final Bytes PREFIX = FORMAT.prefix();

  /** Begins every key of a region in the topic. */
  public static Bytes prefixOf(String topic) {
    return Bytes.utf8(FAMILY + topic + "/");
  }

  /** The key as stored. */
  public Bytes toBytes() {
    return Bytes.utf8(FAMILY + topic + "/" + region.toDecimal());
  }

  /**
   * Reads a key.
   *
   * @throws io.metasrv.domain.error.ServiceException ({@code InvalidMetadata}) if it is no such key
   */
  public static TopicRegionKey parse(Bytes key) {
    KeyFormat.Parts parts = FORMAT.parse(key);
    return new TopicRegionKey(parts.text(1), new RegionId(parts.number(2)));
  }
}
