package io.metasrv.testkit.store;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.Txn;
import io.metasrv.domain.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Random requests over a small set of awkward keys, so that they meet each other often. A request
 * is made once and then put to the store and to the model.
 */
final class RandomRequests {

  private static final int[] KEY_BYTES = {0, 1, '%', '/', '\\', '_', 'a', 'b', 0x7f, 0x80, 0xff};

  private final RandomGenerator random;

  RandomRequests(RandomGenerator random) {
    this.random = random;
  }

  /** Puts one request to both. */
  Exchange next(KeyValueStore store, MapModel model) {
    Previous previous = random.nextBoolean() ? Previous.RETURN : Previous.DISCARD;
    Bytes key = key();
    Bytes value = value();
    return switch (random.nextInt(12)) {
      case 0 -> exchange("get " + key, store.get(key), model.get(key));
      case 1, 2 -> {
        Object answered = store.put(key, value, previous);
        yield exchange(
            "put %s=%s %s".formatted(key, value, previous),
            answered,
            model.put(key, value, previous));
      }
      case 3 -> {
        List<KeyValue> kvs = differentKeys().stream().map(k -> new KeyValue(k, value())).toList();
        Object answered = store.batchPut(kvs, previous);
        yield exchange(
            "batch put %s %s".formatted(kvs, previous), answered, model.batchPut(kvs, previous));
      }
      case 4 -> {
        List<Bytes> keys = new ArrayList<>(differentKeys());
        keys.add(key);
        yield exchange("batch get " + keys, store.batchGet(keys), model.batchGet(keys));
      }
      case 5 ->
          exchange(
              "delete %s %s".formatted(key, previous),
              store.delete(key, previous),
              model.delete(key, previous));
      case 6 -> {
        List<Bytes> keys = differentKeys();
        Object answered = store.batchDelete(keys, previous);
        yield exchange(
            "batch delete %s %s".formatted(keys, previous),
            answered,
            model.batchDelete(keys, previous));
      }
      case 7 -> {
        KeyRange range = random.nextInt(4) == 0 ? range() : KeyRange.single(key);
        Object answered = store.deleteRange(range, previous);
        yield exchange(
            "delete %s %s".formatted(range, previous),
            answered,
            model.deleteRange(range, previous));
      }
      case 8, 9 -> {
        KeyRange range = range();
        RangeOptions options = new RangeOptions(random.nextInt(5), random.nextBoolean());
        yield exchange(
            "range %s %s".formatted(range, options),
            store.range(range, options),
            model.range(range, options));
      }
      case 10 -> {
        Compare condition = compare(model);
        Object answered = store.compareAndPut(condition, value);
        yield exchange(
            "compare %s and put %s".formatted(condition, value),
            answered,
            model.compareAndPut(condition, value));
      }
      default -> {
        Txn txn = txn(model);
        Object answered = store.txn(txn);
        yield exchange("txn " + txn, answered, model.txn(txn));
      }
    };
  }

  private static Exchange exchange(String request, Object answered, Object expected) {
    return new Exchange(request, answered, expected);
  }

  private Bytes key() {
    int[] content = new int[1 + random.nextInt(3)];
    for (int i = 0; i < content.length; i++) {
      content[i] = KEY_BYTES[random.nextInt(KEY_BYTES.length)];
    }
    return Bytes.of(content);
  }

  private Bytes value() {
    return random.nextInt(6) == 0 ? Bytes.EMPTY : Bytes.of('v', random.nextInt(6));
  }

  private List<Bytes> differentKeys() {
    Set<Bytes> keys = new LinkedHashSet<>();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      keys.add(key());
    }
    return List.copyOf(keys);
  }

  private KeyRange range() {
    return switch (random.nextInt(5)) {
      case 0 -> KeyRange.all();
      case 1 -> KeyRange.from(key());
      case 2 -> KeyRange.prefix(key());
      case 3 -> KeyRange.single(key());
      default -> KeyRange.between(key(), key());
    };
  }

  /** Conditions that hold about half of the time: values are taken from the model. */
  private Compare compare(MapModel model) {
    List<KeyValue> all = model.all();
    if (all.isEmpty() || random.nextInt(4) == 0) {
      Bytes key = key();
      return random.nextBoolean() ? new Compare.Absent(key) : new Compare.Exists(key);
    }
    KeyValue kv = all.get(random.nextInt(all.size()));
    return switch (random.nextInt(4)) {
      case 0 -> new Compare.Exists(kv.key());
      case 1 -> new Compare.Absent(kv.key());
      case 2 -> new Compare.ValueEquals(kv.key(), value());
      default -> new Compare.ValueEquals(kv.key(), kv.value());
    };
  }

  private Txn txn(MapModel model) {
    List<Compare> compares = new ArrayList<>();
    int count = random.nextInt(3);
    for (int i = 0; i < count; i++) {
      compares.add(compare(model));
    }
    return new Txn(compares, ops(), ops());
  }

  private List<Op> ops() {
    List<Op> ops = new ArrayList<>();
    for (Bytes key : differentKeys()) {
      switch (random.nextInt(4)) {
        case 0 -> ops.add(new Op.Get(key));
        case 1 -> ops.add(new Op.Delete(key));
        case 2 -> ops.add(new Op.Put(key, value()));
        default -> {
          ops.add(new Op.Get(key));
          ops.add(new Op.Put(key, value()));
          ops.add(new Op.Get(key));
        }
      }
    }
    return ops;
  }

  /** A request, what the store answered and what it should have. */
  record Exchange(String request, Object answered, Object expected) {}
}
