package io.metasrv.tests.ddl;

import io.metasrv.application.port.Fence;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.application.store.ForwardingStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.util.List;

/** A store that may carry out a transaction and fail to say so. */
final class LossyStore extends ForwardingStore {

  private boolean losing;
  private boolean unreadable;

  LossyStore(KeyValueStore store) {
    super(store);
  }

  /**
   * The answer to the next transaction gets lost, although it is carried out, and the next read
   * fails, so that nobody can find out.
   */
  void loseNextAnswer() {
    losing = true;
  }

  @Override
  public TxnResult txn(Txn txn) {
    TxnResult result = super.txn(txn);
    if (losing) {
      losing = false;
      unreadable = true;
      throw new StoreException.UnknownOutcome("the answer got lost", new IllegalStateException());
    }
    return result;
  }

  @Override
  public List<KeyValue> batchGet(List<Bytes> keys) {
    if (unreadable) {
      unreadable = false;
      throw new StoreException.Unavailable("not now");
    }
    return super.batchGet(keys);
  }

  @Override
  public KeyValueStore fencedBy(Fence fence) {
    return new LossyStore(inner().fencedBy(fence));
  }
}
