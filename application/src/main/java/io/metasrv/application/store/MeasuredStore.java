package io.metasrv.application.store;

import io.metasrv.application.metrics.MetricNames;
import io.metasrv.application.port.Compare;
import io.metasrv.application.port.CompareAndPutResult;
import io.metasrv.application.port.Fence;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.Metrics.Histogram;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.time.MonotonicTime;
import java.util.function.Supplier;

/**
 * Measures how long transactions take, failed ones included, under the reference's name {@code
 * greptime_meta_txn_request} (sheet 02 §25). A compare-and-put is a transaction, as in the
 * reference. Put right around the backend, so that every user of the store is counted. Thread-safe.
 */
public final class MeasuredStore extends ForwardingStore {

  private static final double NANOS_PER_SECOND = 1e9;

  private final Runtime runtime;
  private final Histogram txnSeconds;

  public MeasuredStore(KeyValueStore store, Runtime runtime, Metrics metrics) {
    this(
        store,
        runtime,
        metrics.histogram(MetricNames.TXN_REQUEST, targetLabel(store.name()), "txn"));
  }

  private MeasuredStore(KeyValueStore store, Runtime runtime, Histogram txnSeconds) {
    super(store);
    this.runtime = runtime;
    this.txnSeconds = txnSeconds;
  }

  /** The reference writes two of its backends in lower case here, and only here. */
  private static String targetLabel(String storeName) {
    return switch (storeName) {
      case "Etcd" -> "etcd";
      case "Memory" -> "memory";
      default -> storeName;
    };
  }

  @Override
  public CompareAndPutResult compareAndPut(Compare condition, Bytes value) {
    return measured(() -> inner().compareAndPut(condition, value));
  }

  @Override
  public TxnResult txn(Txn txn) {
    return measured(() -> inner().txn(txn));
  }

  @Override
  public KeyValueStore fencedBy(Fence fence) {
    return new MeasuredStore(inner().fencedBy(fence), runtime, txnSeconds);
  }

  private <T> T measured(Supplier<T> call) {
    MonotonicTime start = runtime.monotonic();
    try {
      return call.get();
    } finally {
      txnSeconds.observe(runtime.monotonic().since(start).toNanos() / NANOS_PER_SECOND);
    }
  }
}
