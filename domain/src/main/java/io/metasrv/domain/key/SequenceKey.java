package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@code __meta_seq-<name>}: a sequence. Its value is eight bytes, little-endian, unsigned: the
 * next value that nobody has reserved (sheet 02 §21).
 *
 * @param name its name
 */
public record SequenceKey(String name) {

  /** What every such key begins with. */
  public static final String PREFIX = "__meta_seq-";

  /** Ids of tables. */
  public static final SequenceKey TABLE_ID = new SequenceKey("table_id");

  /** Ids of flows. */
  public static final SequenceKey FLOW_ID = new SequenceKey("flow_id");

  /** Ids of mailbox messages. */
  public static final SequenceKey HEARTBEAT_MAILBOX = new SequenceKey("heartbeat_mailbox");

  /** The key. */
  public Bytes toBytes() {
    return Bytes.utf8(PREFIX + name);
  }

  /** The stored form of a value. */
  public static Bytes encode(long value) {
    return Bytes.wrap(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  /**
   * The value of a stored form.
   *
   * @throws ServiceException (Unexpected) if it is not eight bytes long
   */
  public static long decode(Bytes stored) {
    if (stored.size() != Long.BYTES) {
      throw ServiceException.unexpected(
          "Unexpected sequence value: expected 8 bytes, found " + stored.toHex());
    }
    return stored.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN).getLong();
  }
}
