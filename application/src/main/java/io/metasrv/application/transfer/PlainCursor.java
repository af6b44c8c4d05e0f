package io.metasrv.application.transfer;

import io.metasrv.application.port.KeyValue;
import java.util.Iterator;

/**
 * A pass made of an iterator and a way to end it.
 *
 * @param pairs what is read
 * @param closing how the pass ends
 */
record PlainCursor(Iterator<KeyValue> pairs, Runnable closing) implements PairSource.Cursor {

  @Override
  public boolean hasNext() {
    return pairs.hasNext();
  }

  @Override
  public KeyValue next() {
    return pairs.next();
  }

  @Override
  public void close() {
    closing.run();
  }
}
