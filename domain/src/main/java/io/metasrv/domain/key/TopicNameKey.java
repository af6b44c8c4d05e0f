package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;

/**
 * {@code __topic_name/kafka/<topic>}: a topic, and how far it was pruned.
 *
 * @param topic its name
 */
public record TopicNameKey(String topic) {

  private static final String FAMILY = "__topic_name/kafka/";

  private static final KeyFormat FORMAT = KeyFormat.of(FAMILY, KeyFormat.ANYTHING);

  /** Begins every key of this kind. */
  public static final Bytes PREFIX = FORMAT.prefix();

  /** The key as stored. */
  public Bytes toBytes() {
    return Bytes.utf8(FAMILY + topic);
  }

  /**
   * Reads a key.
   *
   * @throws io.metasrv.domain.error.ServiceException ({@code InvalidMetadata}) if it is no such key
   */
  public static TopicNameKey parse(Bytes key) {
    KeyFormat.Parts parts = FORMAT.parse(key);
    return new TopicNameKey(parts.text(1));
  }
}
