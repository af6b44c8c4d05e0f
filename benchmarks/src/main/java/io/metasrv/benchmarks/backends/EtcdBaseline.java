package io.metasrv.benchmarks.backends;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** jetcd on one connection. */
final class EtcdBaseline implements Baseline {

  private static final int LARGEST_ANSWER = 64 << 20;
  private static final ByteSequence NAMESPACE = ByteSequence.from("raw/", StandardCharsets.UTF_8);

  private final Client client;
  private final KV kv;

  EtcdBaseline(String endpoint) {
    client = Client.builder().endpoints(endpoint).maxInboundMessageSize(LARGEST_ANSWER).build();
    kv = client.getKVClient();
  }

  private static ByteSequence raw(byte[] key) {
    return NAMESPACE.concat(ByteSequence.from(key));
  }

  @Override
  public void put(byte[] key, byte[] value) throws Exception {
    kv.put(raw(key), ByteSequence.from(value)).get();
  }

  @Override
  public byte[] get(byte[] key) throws Exception {
    return kv.get(raw(key)).get().getKvs().getFirst().getValue().getBytes();
  }

  @Override
  public void putAll(List<Pair> pairs) throws Exception {
    Op[] puts =
        pairs.stream()
            .map(
                pair -> Op.put(raw(pair.key()), ByteSequence.from(pair.value()), PutOption.DEFAULT))
            .toArray(Op[]::new);
    kv.txn().Then(puts).commit().get();
  }

  @Override
  public int getAll(List<byte[]> keys) throws Exception {
    Op[] gets = keys.stream().map(key -> Op.get(raw(key), GetOption.DEFAULT)).toArray(Op[]::new);
    return kv.txn().Then(gets).commit().get().getGetResponses().stream()
        .mapToInt(response -> response.getKvs().size())
        .sum();
  }

  @Override
  public byte[] replace(byte[] key, byte[] expected, byte[] value) throws Exception {
    TxnResponse response =
        kv.txn()
            .If(equal(key, expected))
            .Then(Op.put(raw(key), ByteSequence.from(value), PutOption.DEFAULT))
            .Else(Op.get(raw(key), GetOption.DEFAULT))
            .commit()
            .get();
    return response.isSucceeded()
        ? expected
        : response.getGetResponses().getFirst().getKvs().getFirst().getValue().getBytes();
  }

  @Override
  public int range(byte[] from, byte[] to) throws Exception {
    return kv.get(raw(from), GetOption.builder().withRange(raw(to)).build()).get().getKvs().size();
  }

  @Override
  public boolean replaceAll(List<byte[]> keys, byte[] expected, byte[] value) throws Exception {
    return kv.txn()
        .If(keys.stream().map(key -> equal(key, expected)).toArray(Cmp[]::new))
        .Then(
            keys.stream()
                .map(key -> Op.put(raw(key), ByteSequence.from(value), PutOption.DEFAULT))
                .toArray(Op[]::new))
        .commit()
        .get()
        .isSucceeded();
  }

  private static Cmp equal(byte[] key, byte[] expected) {
    return new Cmp(raw(key), Cmp.Op.EQUAL, CmpTarget.value(ByteSequence.from(expected)));
  }

  @Override
  public void close() {
    client.close();
  }
}
