package io.metasrv.simulation.store;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.CompareAndPutResult;
import io.metasrv.application.port.DeleteResult;
import io.metasrv.application.port.Fence;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.RangeResult;
import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.application.store.StoreRequests;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import io.metasrv.simulation.kernel.RemoteEffects;
import io.metasrv.simulation.kernel.SimulatedNetwork;
import io.metasrv.simulation.kernel.SimulatedProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One process's client of the simulated store. A call that gets no answer in time is Unavailable if
 * it was a read and has an unknown outcome if it was a write; it may even take effect later.
 */
public final class SimulatedStore implements KeyValueStore {

  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final StoreCalls calls;
  private final Optional<SimulatedFence> fence;
  private final RemoteEffects effects;
  private final StoreRequests requests;

  /** The unfenced view of a process. */
  public SimulatedStore(
      SimulatedStoreServer server, SimulatedProcess client, SimulatedNetwork network) {
    this(server, client, network, RemoteEffects.UNSEEN);
  }

  /**
   * The unfenced view of a process.
   *
   * @param effects what stands around each write, also of fenced views
   */
  public SimulatedStore(
      SimulatedStoreServer server,
      SimulatedProcess client,
      SimulatedNetwork network,
      RemoteEffects effects) {
    this(new StoreCalls(server, client, network), Optional.empty(), effects);
  }

  private SimulatedStore(StoreCalls calls, Optional<SimulatedFence> fence, RemoteEffects effects) {
    this.calls = calls;
    this.effects = effects;
    this.fence = fence;
    this.requests =
        new StoreRequests(
            name(), calls.server().content().maxTxnOps(), calls.server().content().maxValueBytes());
  }

  @Override
  public String name() {
    return "Simulated";
  }

  @Override
  public int maxTxnOps() {
    return requests.maxTxnOps();
  }

  @Override
  public int maxValueBytes() {
    return requests.maxValueBytes();
  }

  @Override
  public RangeResult range(KeyRange range, RangeOptions options) {
    return read("range " + range.start(), store -> store.range(range, options));
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    requests.checkKey("get", key);
    return read("get " + key, store -> store.get(key));
  }

  @Override
  public List<KeyValue> batchGet(List<Bytes> keys) {
    requests.checkBatchGet(keys);
    return read("batchGet of " + keys.size(), store -> store.batchGet(keys));
  }

  @Override
  public Optional<Bytes> put(Bytes key, Bytes value, Previous previous) {
    requests.checkPut(key, value);
    return write("put " + key, store -> store.put(key, value, previous));
  }

  @Override
  public List<KeyValue> batchPut(List<KeyValue> kvs, Previous previous) {
    requests.checkBatchPut(kvs);
    return write("batchPut of " + kvs.size(), store -> store.batchPut(kvs, previous));
  }

  @Override
  public Optional<Bytes> delete(Bytes key, Previous previous) {
    requests.checkKey("delete", key);
    return write("delete " + key, store -> store.delete(key, previous));
  }

  @Override
  public List<KeyValue> batchDelete(List<Bytes> keys, Previous previous) {
    requests.checkBatchDelete(keys);
    return write("batchDelete of " + keys.size(), store -> store.batchDelete(keys, previous));
  }

  @Override
  public DeleteResult deleteRange(KeyRange range, Previous previous) {
    return write("deleteRange " + range.start(), store -> store.deleteRange(range, previous));
  }

  @Override
  public CompareAndPutResult compareAndPut(Compare condition, Bytes value) {
    requests.checkCompareAndPut(condition, value);
    return write(
        "compareAndPut " + condition.key(), store -> store.compareAndPut(condition, value));
  }

  @Override
  public TxnResult txn(Txn txn) {
    requests.checkTxn(txn);
    return StoreRequests.writes(txn)
        ? write("txn", store -> store.txn(txn))
        : read("txn", store -> store.txn(txn));
  }

  @Override
  public KeyValueStore fencedBy(Fence wanted) {
    if (wanted instanceof SimulatedFence ours) {
      return new SimulatedStore(calls, Optional.of(ours), effects);
    }
    throw new IllegalArgumentException(
        "the fence '%s' was not issued by the simulated store".formatted(wanted.describe()));
  }

  private <T> T read(String what, Function<KeyValueStore, T> request) {
    try {
      return calls
          .call(what, TIMEOUT, () -> calls.server().read(request))
          .orElseThrow(
              () -> new StoreException.Unavailable("%s: no answer in %s".formatted(what, TIMEOUT)));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable(what + " was interrupted", interrupted);
    }
  }

  private <T> T write(String what, Function<KeyValueStore, T> request) {
    return effects.around(what, () -> send(what, request));
  }

  private <T> T send(String what, Function<KeyValueStore, T> request) {
    try {
      return calls
          .call(what, TIMEOUT, () -> calls.server().write(fence, what, request))
          .orElseThrow(
              () ->
                  new StoreException.UnknownOutcome(
                      "%s: no answer in %s".formatted(what, TIMEOUT), new NoAnswer()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreException.UnknownOutcome(what + " was interrupted", interrupted);
    }
  }

  /** The cause of a call that timed out. */
  private static final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoAnswer() {
      super("the request or its answer was lost or late");
    }
  }
}
