package io.metasrv.tests.ddl;

import io.metasrv.application.port.Fence;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.application.store.ForwardingStore;
import java.util.ArrayList;
import java.util.List;

/** Counts the writes of each transaction. */
final class CountingStore extends ForwardingStore {

  private final List<Integer> puts = new ArrayList<>();

  CountingStore(KeyValueStore store) {
    super(store);
  }

  /** Puts of each transaction, in order. */
  List<Integer> puts() {
    return List.copyOf(puts);
  }

  void forget() {
    puts.clear();
  }

  @Override
  public TxnResult txn(Txn txn) {
    puts.add((int) txn.success().stream().filter(Op.Put.class::isInstance).count());
    return super.txn(txn);
  }

  @Override
  public KeyValueStore fencedBy(Fence fence) {
    return new CountingStore(inner().fencedBy(fence));
  }
}
