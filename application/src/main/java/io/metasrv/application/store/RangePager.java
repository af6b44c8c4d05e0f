package io.metasrv.application.store;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.RangeResult;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.error.StoreException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a range page by page, so that it may be larger than one response (sheet 02 §2). Pages are
 * read when they are asked for; between two pages others may write. If a page is too large for the
 * transport it is asked for again with half as many keys, and so are all later ones. For one
 * thread.
 */
public final class RangePager implements Iterator<List<KeyValue>> {

  /** Keys in a page, unless told otherwise: the reference's number. */
  public static final int PAGE_SIZE = 1536;

  private final KeyValueStore store;
  private final KeyRange whole;
  private final boolean keysOnly;
  private Optional<KeyRange> rest;
  private int pageSize;

  /**
   * @param pageSize keys in a page, at least 1
   * @param keysOnly whether values are left out
   */
  public RangePager(KeyValueStore store, KeyRange range, int pageSize, boolean keysOnly) {
    if (pageSize < 1) {
      throw new IllegalArgumentException("a page holds at least one key: " + pageSize);
    }
    this.store = store;
    this.whole = range;
    this.keysOnly = keysOnly;
    this.rest = Optional.of(range);
    this.pageSize = pageSize;
  }

  /** The pairs of the range, with values. */
  public static RangePager pairs(KeyValueStore store, KeyRange range) {
    return new RangePager(store, range, PAGE_SIZE, false);
  }

  /** The keys of the range; values are empty. */
  public static RangePager keys(KeyValueStore store, KeyRange range) {
    return new RangePager(store, range, PAGE_SIZE, true);
  }

  @Override
  public boolean hasNext() {
    return rest.isPresent();
  }

  /**
   * Reads the next page; only the first may be empty.
   *
   * @throws StoreException.Unavailable if the store could not be asked; the same page may be asked
   *     for again
   * @throws ServiceException if even one pair is too large for the transport
   */
  @Override
  public List<KeyValue> next() {
    KeyRange from = rest.orElseThrow(() -> new NoSuchElementException("the range was read whole"));
    RangeResult page = readPage(from);
    rest = page.more() ? Optional.of(from.after(page.kvs().getLast().key())) : Optional.empty();
    return page.kvs();
  }

  /** Reads all remaining pages. */
  public void forEachPair(Consumer<KeyValue> consumer) {
    forEachRemaining(page -> page.forEach(consumer));
  }

  /** Reads all remaining pages into one list. */
  public List<KeyValue> readAll() {
    List<KeyValue> all = new ArrayList<>();
    forEachRemaining(all::addAll);
    return all;
  }

  private RangeResult readPage(KeyRange from) {
    while (true) {
      try {
        return store.range(from, new RangeOptions(pageSize, keysOnly));
      } catch (StoreException.ResponseTooLarge tooLarge) {
        pageSize /= 2;
        if (pageSize == 0) {
          throw new ServiceException(
              StatusCode.UNEXPECTED,
              "Exceeded maximum number of adaptive range retries: a single pair of %s from '%s' on"
                      .formatted(whole, from.start())
                  + " is larger than the store's transport allows; raise its message limit",
              tooLarge);
        }
      }
    }
  }
}
