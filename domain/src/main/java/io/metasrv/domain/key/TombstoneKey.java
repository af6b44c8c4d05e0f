package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;

/**
 * {@code __tombstone/<key>}: a value moved aside when it was dropped (sheet 03 §8).
 *
 * @param original the key it had
 */
public record TombstoneKey(Bytes original) {

  /** Begins every key of this kind. */
  public static final Bytes PREFIX = Bytes.utf8("__tombstone/");

  /** Begins the tombstones of keys with the prefix. */
  public static Bytes prefixOf(Bytes prefixOfOriginals) {
    return PREFIX.concat(prefixOfOriginals);
  }

  /** The key as stored. */
  public Bytes toBytes() {
    return PREFIX.concat(original);
  }

  /**
   * Reads a key.
   *
   * @throws ServiceException ({@code InvalidMetadata}) if it is no such key
   */
  public static TombstoneKey parse(Bytes key) {
    if (!key.startsWith(PREFIX)) {
      throw ServiceException.unexpected(
          "Invalid metadata, err: Invalid key " + key + ": expected it to begin with " + PREFIX);
    }
    return new TombstoneKey(key.substring(PREFIX.size()));
  }
}
