package io.metasrv.adapters.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Somebody else on the same etcd: jetcd's own client, past the adapter. */
final class BareEtcd implements AutoCloseable {

  private final Client client;

  BareEtcd(String endpoint) {
    this.client = Client.builder().endpoints(endpoint).build();
  }

  Client client() {
    return client;
  }

  static ByteSequence text(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  /** Waits for an answer of jetcd, at most ten seconds. */
  static <T> T answer(CompletableFuture<T> future) throws Exception {
    return future.get(10, TimeUnit.SECONDS);
  }

  Optional<KeyValue> get(String key) throws Exception {
    return answer(client.getKVClient().get(text(key))).getKvs().stream().findFirst();
  }

  /** How often the key was written since it was created; 0 if it is missing. */
  long version(String key) throws Exception {
    return get(key).map(KeyValue::getVersion).orElse(0L);
  }

  /** The store's revision: it grows by one with each transaction that writes. */
  long revision() throws Exception {
    return answer(client.getKVClient().get(text("no such key"))).getHeader().getRevision();
  }

  List<KeyValue> withPrefix(String prefix) throws Exception {
    return answer(
            client.getKVClient().get(text(prefix), GetOption.builder().isPrefix(true).build()))
        .getKvs();
  }

  void put(String key, String value) throws Exception {
    answer(client.getKVClient().put(text(key), text(value), PutOption.DEFAULT));
  }

  void delete(String key) throws Exception {
    answer(client.getKVClient().delete(text(key)));
  }

  @Override
  public void close() {
    client.close();
  }
}
