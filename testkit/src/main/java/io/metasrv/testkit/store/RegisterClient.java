package io.metasrv.testkit.store;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.CompareAndPutResult;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import io.metasrv.testkit.history.RegisterCall;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes one random call on a key and says what it did. */
final class RegisterClient {

  private RegisterClient() {}

  /**
   * @param written what the call writes, if it writes; no other call writes the same
   * @return empty if the store was not available, so that the call did nothing
   */
  static Optional<RegisterCall.Action> call(
      KeyValueStore store, Bytes key, String written, RandomGenerator random) {
    try {
      return Optional.of(
          switch (random.nextInt(8)) {
            case 0, 1 -> new RegisterCall.Read(text(store.get(key)));
            case 2 -> put(store, key, written);
            case 3 -> remove(store, key);
            default -> swap(store, key, written);
          });
    } catch (StoreException.Unavailable nothingHappened) {
      return Optional.empty();
    }
  }

  private static RegisterCall.Action put(KeyValueStore store, Bytes key, String written) {
    try {
      store.put(key, Bytes.utf8(written), Previous.DISCARD);
      return new RegisterCall.Write(written);
    } catch (StoreException.UnknownOutcome unknown) {
      return new RegisterCall.WriteUnknown(Optional.of(written));
    }
  }

  private static RegisterCall.Action remove(KeyValueStore store, Bytes key) {
    try {
      return new RegisterCall.Remove(text(store.delete(key, Previous.RETURN)));
    } catch (StoreException.UnknownOutcome unknown) {
      return new RegisterCall.WriteUnknown(Optional.empty());
    }
  }

  private static RegisterCall.Action swap(KeyValueStore store, Bytes key, String written) {
    Optional<String> expected = text(store.get(key));
    Compare condition =
        expected
            .<Compare>map(value -> new Compare.ValueEquals(key, Bytes.utf8(value)))
            .orElseGet(() -> new Compare.Absent(key));
    try {
      CompareAndPutResult result = store.compareAndPut(condition, Bytes.utf8(written));
      return result.success()
          ? new RegisterCall.Swapped(expected, written)
          : new RegisterCall.SwapRefused(expected, text(result.current()));
    } catch (StoreException.UnknownOutcome unknown) {
      return new RegisterCall.SwapUnknown(expected, written);
    }
  }

  private static Optional<String> text(Optional<Bytes> value) {
    return value.map(Bytes::toUtf8);
  }
}
