package io.metasrv.application.admin;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.storeservice.LeaderWrites;
import io.metasrv.application.wire.ByteStrings;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.key.SequenceKey;
import io.metasrv.protocol.v1.meta.CompareAndPutRequest;
import java.util.Optional;

/**
 * The stored end of the table id sequence (sheet 02 §21), read and moved by operators. Thread-safe.
 */
final class TableIds {

  private static final Bytes KEY = SequenceKey.TABLE_ID.toBytes();

  /** Ids below are reserved. */
  private static final long INITIAL = 1024;

  private final KeyValueStore store;
  private final LeaderWrites writes;

  TableIds(KeyValueStore store, LeaderWrites writes) {
    this.store = store;
    this.writes = writes;
  }

  /** The stored next id, or the first one there is. */
  long next() {
    return value(store.get(KEY));
  }

  /** Moves the sequence forward; a change by somebody else meanwhile is an error. */
  void jumpTo(long next) {
    Optional<Bytes> stored = store.get(KEY);
    long current = value(stored);
    if (Long.compareUnsigned(next, current) <= 0) {
      throw ServiceException.unexpected(
          "Unexpected: The next value %s is not greater than the current next value %s"
              .formatted(Long.toUnsignedString(next), Long.toUnsignedString(current)));
    }
    boolean moved =
        writes
            .compareAndPut(
                CompareAndPutRequest.newBuilder()
                    .setKey(ByteStrings.toWire(KEY))
                    .setExpect(ByteStrings.toWire(stored.orElse(Bytes.EMPTY)))
                    .setValue(ByteStrings.toWire(SequenceKey.encode(next)))
                    .build())
            .getSuccess();
    if (!moved) {
      throw ServiceException.unexpected(
          "Unexpected: Failed to set the next table id to %s: it was changed at the same time; read it and try again"
              .formatted(Long.toUnsignedString(next)));
    }
  }

  private static long value(Optional<Bytes> stored) {
    long value = stored.map(SequenceKey::decode).orElse(INITIAL);
    return Long.compareUnsigned(value, INITIAL) < 0 ? INITIAL : value;
  }
}
