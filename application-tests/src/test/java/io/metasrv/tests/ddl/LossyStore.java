package io.metasrv.tests.ddl;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.application.store.ForwardingStore;
import io.metasrv.domain.error.StoreException;

/** A store that may carry out a transaction and fail to say so. */
final class LossyStore extends ForwardingStore {

  private boolean losing;

  LossyStore(KeyValueStore store) {
    super(store);
  }

  /** The answer to the next transaction gets lost; the transaction is carried out. */
  void loseNextAnswer() {
    losing = true;
  }

  @Override
  public TxnResult txn(Txn txn) {
    TxnResult result = super.txn(txn);
    if (losing) {
      losing = false;
      throw new StoreException.UnknownOutcome("the answer got lost", new IllegalStateException());
    }
    return result;
  }
}
