package io.metasrv.application.transfer;

import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.port.Compare;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import java.util.Optional;

/**
 * A key in a store that says: a copy into this store is under way or was interrupted. It is there
 * before the first pair and goes after the comparison at the end. It lies in the store, not in a
 * file beside the command, so that it goes wherever the half copy goes and is gone when the store
 * is emptied. It says nothing of how far the copy came: that is what the store holds.
 */
public final class CopyMarker {

  /** Under our own prefix, which nobody else reads. */
  static final Bytes KEY = Bytes.utf8("__metasrv/transfer/copy");

  private CopyMarker() {}

  /** Where the copy in the store comes from, if one is unfinished. */
  static Optional<String> find(KeyValueStore store) {
    return store.get(KEY).map(value -> JsonReader.decode(value, j -> j.asObject().text("source")));
  }

  /**
   * Sets the marker, unless another copy was quicker.
   *
   * @return whether it was set
   */
  static boolean set(KeyValueStore store, String source) {
    Bytes value = JsonWriter.bytes(j -> j.object(() -> j.member("source", source)));
    return store.compareAndPut(new Compare.Absent(KEY), value).success();
  }

  static void remove(KeyValueStore store) {
    store.delete(KEY, Previous.DISCARD);
  }

  /**
   * Makes sure that the store is whole.
   *
   * @throws ServiceException (IllegalState) if a copy into it was never finished
   */
  static void refuseHalfCopy(String name, KeyValueStore store) {
    find(store)
        .ifPresent(
            source -> {
              throw ServiceException.illegalState(
                  "Cannot read %s: it holds an unfinished copy of %s; finish that with `ctl store copy` or `import` first"
                      .formatted(name, source));
            });
  }

  /**
   * Makes sure that a server may serve what the store holds.
   *
   * @param name what the store is and where, for people
   * @param store seen from under its key prefix
   * @throws ServiceException (IllegalState) if a copy into it was never finished
   */
  public static void refuseServing(String name, KeyValueStore store) {
    find(store)
        .ifPresent(
            source -> {
              throw ServiceException.illegalState(
                  "Start refused: %s holds an unfinished copy of %s, which is only a part of it; repeat the `metasrv ctl store copy` or `import` that made it until it says that it is done, or empty the store, then start again"
                      .formatted(name, source));
            });
  }
}
