package io.metasrv.application.metadata;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Bytes;
import java.util.List;

/** Moves values aside when they are dropped, and back (sheet 03 §8). Stateless, thread-safe. */
public final class Tombstones {

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public Tombstones(KeyValueStore store) {
    this.store = store;
  }

  /** Moves the values of the keys to their tombstones. */
  public void bury(List<Bytes> keys) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Moves the values back. */
  public void restore(List<Bytes> keys) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Removes the tombstones. */
  public void delete(List<Bytes> keys) {
    throw new UnsupportedOperationException("not written yet");
  }
}
