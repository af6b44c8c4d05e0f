package io.metasrv.application.transfer;

import io.metasrv.application.port.KeyValue;
import io.metasrv.domain.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over pairs in key order: of each, the key's length, the key, the value's length, the
 * value; lengths as four bytes, the highest first. The lengths make it one text per content: no two
 * different lists of pairs feed the same bytes. For one thread.
 */
public final class ContentDigest {

  private final MessageDigest sha = sha256();
  private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
  private long pairs;
  private long bytes;

  /**
   * What a content comes to.
   *
   * @param sha256 64 lower-case hexadecimal digits
   * @param pairs how many
   * @param bytes of all keys and values
   */
  public record Summary(String sha256, long pairs, long bytes) {}

  /** Takes the next pair in. */
  public void add(KeyValue pair) {
    add(pair.key());
    add(pair.value());
    pairs++;
    bytes += (long) pair.key().size() + pair.value().size();
  }

  private void add(Bytes part) {
    sha.update(length.clear().putInt(part.size()).flip());
    sha.update(part.asReadOnlyBuffer());
  }

  /** What was taken in; afterwards this is as new. */
  public Summary finish() {
    Summary summary = new Summary(HexFormat.of().formatHex(sha.digest()), pairs, bytes);
    pairs = 0;
    bytes = 0;
    return summary;
  }

  /** Pairs taken in so far. */
  public long pairs() {
    return pairs;
  }

  /** The summary of a whole source. */
  public static Summary of(PairSource source) {
    ContentDigest digest = new ContentDigest();
    try (PairSource.Cursor cursor = source.open()) {
      cursor.forEachRemaining(digest::add);
    }
    return digest.finish();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
