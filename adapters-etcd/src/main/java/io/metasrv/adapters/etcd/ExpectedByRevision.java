package io.metasrv.adapters.etcd;

import io.etcd.jetcd.api.Compare.CompareResult;
import io.etcd.jetcd.api.Compare.CompareTarget;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.metasrv.application.port.Compare;
import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs a transaction whose expected values would make the request larger than etcd takes, so that
 * every value that can be put can also be compared. The values are read and compared here; what is
 * sent instead of them is the revision at which they were last changed. If one was changed in
 * between, nothing happens and the values are read anew. The result is that of the transaction as
 * it was asked for, at the moment of the write.
 */
final class ExpectedByRevision {

  /** Each attempt but the last was overtaken by another writer; nobody is that unlucky. */
  private static final int ATTEMPTS = 32;

  private final EtcdCalls calls;
  private final String attempted;
  private final Function<TxnRequest, TxnResponse> write;

  /**
   * @param write sends a transaction that writes, under the fence if there is one
   */
  ExpectedByRevision(EtcdCalls calls, String attempted, Function<TxnRequest, TxnResponse> write) {
    this.calls = calls;
    this.attempted = attempted;
    this.write = write;
  }

  /** Whether there is a value to leave out. */
  static boolean helps(Txn txn) {
    return txn.compares().stream().anyMatch(Compare.ValueEquals.class::isInstance);
  }

  TxnResult run(Txn txn) {
    List<Compare.ValueEquals> expected = new ArrayList<>();
    List<Compare> others = new ArrayList<>();
    for (Compare compare : txn.compares()) {
      if (compare instanceof Compare.ValueEquals value) {
        expected.add(value);
      } else {
        others.add(compare);
      }
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<TxnResult> result = tryOnce(expected, others, txn);
      if (result.isPresent()) {
        return result.get();
      }
    }
    throw new StoreException.Unavailable(
        "%s: others changed the values compared %d times in between; nothing was changed, try again"
            .formatted(attempted, ATTEMPTS));
  }

  private Optional<TxnResult> tryOnce(
      List<Compare.ValueEquals> expected, List<Compare> others, Txn txn) {
    List<io.etcd.jetcd.api.Compare> unchanged = new ArrayList<>();
    List<Optional<KeyValue>> found = read(expected);
    for (int i = 0; i < expected.size(); i++) {
      Bytes key = expected.get(i).key();
      io.etcd.jetcd.api.Compare same = lastChanged(key, found.get(i));
      if (!found
          .get(i)
          .map(ExpectedByRevision::value)
          .equals(Optional.of(expected.get(i).value()))) {
        return runUnder(List.of(same), Txn.always(txn.failure()))
            .map(failed -> new TxnResult(false, failed.results()));
      }
      unchanged.add(same);
    }
    return runUnder(unchanged, new Txn(others, txn.success(), txn.failure()));
  }

  private static Bytes value(KeyValue kv) {
    return EtcdMessages.fromEtcd(kv.getValue());
  }

  private List<Optional<KeyValue>> read(List<Compare.ValueEquals> expected) {
    TxnRequest request =
        TxnRequest.newBuilder()
            .addAllSuccess(
                expected.stream()
                    .map(compare -> EtcdMessages.op(EtcdMessages.get(compare.key())))
                    .toList())
            .build();
    return calls.read(attempted, KVGrpc.getTxnMethod(), request).getResponsesList().stream()
        .map(response -> response.getResponseRange().getKvsList().stream().findFirst())
        .toList();
  }

  /** Holds as long as the key is as it was found; 0 stands for "not there". */
  private static io.etcd.jetcd.api.Compare lastChanged(Bytes key, Optional<KeyValue> found) {
    return io.etcd.jetcd.api.Compare.newBuilder()
        .setKey(EtcdMessages.toEtcd(key))
        .setTarget(CompareTarget.MOD)
        .setResult(CompareResult.EQUAL)
        .setModRevision(found.map(KeyValue::getModRevision).orElse(0L))
        .build();
  }

  /** Empty if one of the keys was changed meanwhile; then nothing was done. */
  private Optional<TxnResult> runUnder(List<io.etcd.jetcd.api.Compare> unchanged, Txn txn) {
    TxnResponse answer =
        write.apply(
            TxnRequest.newBuilder()
                .addAllCompare(unchanged)
                .addSuccess(EtcdMessages.op(EtcdMessages.txn(txn)))
                .build());
    return answer.getSucceeded()
        ? Optional.of(EtcdMessages.result(txn, answer.getResponses(0).getResponseTxn()))
        : Optional.empty();
  }
}
