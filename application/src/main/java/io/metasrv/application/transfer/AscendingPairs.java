package io.metasrv.application.transfer;

import io.metasrv.application.port.KeyValue;
import io.metasrv.domain.Bytes;
import java.util.Iterator;

/** Holds a source to its promise: every comparison and every digest relies on the order of keys. */
final class AscendingPairs implements Iterator<KeyValue> {

  private final String name;
  private final Iterator<KeyValue> pairs;
  private Bytes last = Bytes.EMPTY;

  AscendingPairs(String name, Iterator<KeyValue> pairs) {
    this.name = name;
    this.pairs = pairs;
  }

  @Override
  public boolean hasNext() {
    return pairs.hasNext();
  }

  /** The empty key is no key, so that the first one, too, has to be above it. */
  @Override
  public KeyValue next() {
    KeyValue pair = pairs.next();
    if (pair.key().compareTo(last) <= 0) {
      throw PairSource.Cursor.disorder(name, pair.key().toString());
    }
    last = pair.key();
    return pair;
  }
}
