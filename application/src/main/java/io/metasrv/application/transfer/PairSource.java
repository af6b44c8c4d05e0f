package io.metasrv.application.transfer;

import io.metasrv.application.port.KeyValue;
import io.metasrv.domain.error.ServiceException;
import java.util.Iterator;

/** Something that holds pairs and can be read more than once: a store, or a file made from one. */
public interface PairSource {

  /** What it is and where, for people; never with a password. */
  String name();

  /**
   * Begins a pass over all pairs, strictly ascending by key, without those that {@link
   * StorePairs#belongs} leaves out.
   */
  Cursor open();

  /** One pass; for one thread. Reading may throw what the source throws. */
  interface Cursor extends Iterator<KeyValue>, AutoCloseable {

    /** Ends the pass. */
    @Override
    void close();

    /** A pass over pairs at hand, with nothing to close. */
    static Cursor over(Iterator<KeyValue> pairs) {
      return new PlainCursor(pairs, () -> {});
    }

    /** The same pass, refused as soon as a key is not above the one before it. */
    static Cursor ascending(String name, Cursor pairs) {
      return new PlainCursor(new AscendingPairs(name, pairs), pairs::close);
    }

    /**
     * The key that pairs are in the order of was broken.
     *
     * @return what a reader throws
     */
    static ServiceException disorder(String name, String key) {
      return ServiceException.invalidArguments(
          "Cannot read %s: key '%s' does not come after the one before it; sort its pairs by the bytes of their keys, none twice"
              .formatted(name, key));
    }
  }
}
