package io.metasrv.application.heartbeat;

import io.metasrv.application.port.Fence;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.RangeResult;
import io.metasrv.application.store.ForwardingStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.util.List;
import java.util.Optional;

/** A store that can be written and not read. */
final class FailingReads extends ForwardingStore {

  FailingReads(KeyValueStore store) {
    super(store);
  }

  private static StoreException.Unavailable failure() {
    return new StoreException.Unavailable("the test's store cannot be read");
  }

  @Override
  public RangeResult range(KeyRange range, RangeOptions options) {
    throw failure();
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    throw failure();
  }

  @Override
  public List<KeyValue> batchGet(List<Bytes> keys) {
    throw failure();
  }

  @Override
  public KeyValueStore fencedBy(Fence fence) {
    return new FailingReads(inner().fencedBy(fence));
  }
}
