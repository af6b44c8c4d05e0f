package io.metasrv.adapters.zookeeper;

import io.metasrv.domain.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * How a key becomes the name of a znode and back, and which of the shards it lies in. Both are part
 * of the stored layout: changing either needs a new layout version.
 *
 * <p>Letters, digits and {@code _ - . : @ #} stand for themselves, every other byte is {@code %XX}.
 * A long key with many such bytes is written as {@code =} and URL-safe base64 instead, so that no
 * name is longer than 4/3 of its key (or {@value #LONGEST_READABLE} characters). Stateless.
 */
final class KeyNames {

  /** Number of shards; their names are two hexadecimal digits. */
  static final int SHARDS = 256;

  /** Names up to this length are percent-encoded whatever it costs: people can read them. */
  private static final int LONGEST_READABLE = 512;

  private static final char BASE64_MARK = '=';
  private static final String HEX = "0123456789ABCDEF";

  private KeyNames() {}

  /** The name of the znode that holds the key. */
  static String encode(Bytes key) {
    int readable = readableLength(key);
    if (readable > LONGEST_READABLE && readable > 1 + (key.size() + 2) / 3 * 4) {
      return BASE64_MARK
          + Base64.getUrlEncoder().withoutPadding().encodeToString(key.toByteArray());
    }
    StringBuilder name = new StringBuilder(readable);
    boolean dots = isOneOrTwoDots(key);
    for (int i = 0; i < key.size(); i++) {
      int b = key.at(i);
      if (isPlain(b) && !(dots && i == 0)) {
        name.append((char) b);
      } else {
        name.append('%').append(HEX.charAt(b >> 4)).append(HEX.charAt(b & 0xf));
      }
    }
    return name.toString();
  }

  /**
   * The key of a znode.
   *
   * @throws IllegalArgumentException if {@link #encode} never makes such a name
   */
  static Bytes decode(String name) {
    if (name.charAt(0) == BASE64_MARK) {
      return Bytes.wrap(Base64.getUrlDecoder().decode(name.substring(1)));
    }
    if (name.indexOf('%') < 0) {
      return Bytes.wrap(name.getBytes(StandardCharsets.ISO_8859_1));
    }
    ByteArrayOutputStream key = new ByteArrayOutputStream(name.length());
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) == '%') {
        key.write(Integer.parseInt(name, i + 1, i + 3, 16));
        i += 2;
      } else {
        key.write(name.charAt(i));
      }
    }
    return Bytes.wrap(key.toByteArray());
  }

  /** The shard the key lies in, 0 to {@link #SHARDS} - 1. */
  static int shard(Bytes key) {
    CRC32C sum = new CRC32C();
    sum.update(key.asReadOnlyBuffer());
    long value = sum.getValue();
    return (int) ((value ^ (value >>> 8) ^ (value >>> 16) ^ (value >>> 24)) & (SHARDS - 1));
  }

  /** Two hexadecimal digits. */
  static String shardName(int shard) {
    return Integer.toHexString(SHARDS | shard).substring(1);
  }

  private static int readableLength(Bytes key) {
    int length = isOneOrTwoDots(key) ? 2 : 0;
    for (int i = 0; i < key.size(); i++) {
      length += isPlain(key.at(i)) ? 1 : 3;
    }
    return length;
  }

  private static boolean isOneOrTwoDots(Bytes key) {
    return key.size() <= 2 && key.at(0) == '.' && key.at(key.size() - 1) == '.';
  }

  private static boolean isPlain(int b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '_'
        || b == '-'
        || b == '.'
        || b == ':'
        || b == '@'
        || b == '#';
  }
}
