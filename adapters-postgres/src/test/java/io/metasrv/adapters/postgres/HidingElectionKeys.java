package io.metasrv.adapters.postgres;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.RangeResult;
import io.metasrv.domain.Bytes;
import io.metasrv.testkit.store.InterceptedStore;
import java.util.function.Supplier;

/**
 * Hides the election's keys, which lie in the same keyspace as the store's, from the contract's
 * scans of "everything". Their prefix sorts last, so that limits are not disturbed.
 */
final class HidingElectionKeys implements InterceptedStore.Interceptor {

  /** The prefix of the elections of contract tests: the highest code point there is. */
  static final String ELECTION_PREFIX = Character.toString(Character.MAX_CODE_POINT);

  private HidingElectionKeys() {}

  static KeyValueStore on(KeyValueStore store) {
    return new InterceptedStore(store, new HidingElectionKeys());
  }

  @Override
  @SuppressWarnings("unchecked") // Only the result of a range is replaced, by another of its type.
  public <T> T around(InterceptedStore.Call call, Supplier<T> proceed) {
    T result = proceed.get();
    return result instanceof RangeResult range ? (T) withoutElection(range) : result;
  }

  private static RangeResult withoutElection(RangeResult range) {
    Bytes hidden = Bytes.utf8(ELECTION_PREFIX);
    return new RangeResult(
        range.kvs().stream().filter(kv -> !kv.key().startsWith(hidden)).toList(), range.more());
  }
}
