package io.metasrv.tests.leadership;

import io.metasrv.application.port.Fence;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.RangeResult;
import io.metasrv.application.store.ForwardingStore;
import io.metasrv.application.store.LeaderCache;
import io.metasrv.domain.error.StoreException;

/** Refuses the ranges that the leader's cache is loaded with, and nothing else. */
final class WithoutCachedRanges extends ForwardingStore {

  WithoutCachedRanges(KeyValueStore store) {
    super(store);
  }

  @Override
  public RangeResult range(KeyRange range, RangeOptions options) {
    if (LeaderCache.PREFIXES.stream().anyMatch(range.start()::startsWith)) {
      throw new StoreException.Unavailable("the store refuses the range from " + range.start());
    }
    return super.range(range, options);
  }

  @Override
  public KeyValueStore fencedBy(Fence fence) {
    return new WithoutCachedRanges(inner().fencedBy(fence));
  }
}
