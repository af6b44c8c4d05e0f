package io.metasrv.benchmarks;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.metasrv.adapters.etcd.EtcdConnection;
import io.metasrv.adapters.etcd.EtcdElection;
import io.metasrv.adapters.etcd.EtcdStore;
import io.metasrv.application.options.StoreOptions;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.Task;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.Bytes;
import io.metasrv.testkit.server.EtcdServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The etcd store through the port against the same calls on bare jetcd, on one etcd server. */
final class EtcdBenchmark {

  private static final Bytes VALUE = Bytes.copyOf(new byte[300]);
  private static final ByteSequence RAW_VALUE = ByteSequence.from(VALUE.toByteArray());
  private static final int CALLS = 600;

  private EtcdBenchmark() {}

  static List<PairedRun.Result> run(int rounds) throws Exception {
    List<PairedRun.Result> results = new ArrayList<>();
    VirtualThreadRuntime runtime = new VirtualThreadRuntime();
    try (EtcdServer server = EtcdServer.start();
        EtcdConnection connection =
            EtcdConnection.open(StoreOptions.defaults().withAddresses(List.of(server.endpoint())));
        Client bare =
            Client.builder().endpoints("http://" + server.host() + ":" + server.port()).build()) {
      KeyValueStore store = new EtcdStore(connection, 128);
      KV kv = bare.getKVClient();
      for (int callers : new int[] {1, 16}) {
        results.add(
            PairedRun.compare(
                "etcd: put",
                callers,
                rounds,
                CALLS,
                PairedRun.Callers.VIRTUAL,
                (caller, i) -> Consumed.by(kv.put(raw(i), RAW_VALUE).get()),
                (caller, i) -> store.put(key(i), VALUE, Previous.DISCARD)));
        results.add(
            PairedRun.compare(
                "etcd: get",
                callers,
                rounds,
                CALLS,
                PairedRun.Callers.VIRTUAL,
                (caller, i) -> Consumed.by(kv.get(raw(i)).get()),
                (caller, i) -> Consumed.by(store.get(key(i)))));
      }
      results.add(
          PairedRun.compare(
              "etcd: batch of 100 puts",
              1,
              rounds,
              60,
              PairedRun.Callers.VIRTUAL,
              (caller, i) -> Consumed.by(kv.txn().Then(rawPuts(i)).commit().get()),
              (caller, i) -> store.batchPut(puts(i), Previous.DISCARD)));
      results.add(fencedPut(rounds, runtime, connection, store, kv));
    }
    return results;
  }

  private static PairedRun.Result fencedPut(
      int rounds,
      VirtualThreadRuntime runtime,
      EtcdConnection connection,
      KeyValueStore store,
      KV kv)
      throws Exception {
    EtcdElection election = new EtcdElection(connection, "bench/", ElectionTiming.REFERENCE);
    LeaderLease lease = election.campaign("bench:1");
    Task renewing =
        runtime.start(
            "renew",
            () -> {
              while (true) {
                lease.renew();
                runtime.sleep(election.renewalInterval());
              }
            });
    try {
      KeyValueStore fenced = store.fencedBy(lease.fence());
      ByteSequence leaderKey =
          kv.get(utf8("bench/__metasrv_election/"), GetOption.builder().isPrefix(true).build())
              .get()
              .getKvs()
              .getFirst()
              .getKey();
      return PairedRun.compare(
          "etcd: fenced put against a one-compare transaction",
          1,
          rounds,
          CALLS,
          PairedRun.Callers.VIRTUAL,
          (caller, i) -> {
            TxnResponse written =
                kv.txn()
                    .If(new Cmp(leaderKey, Cmp.Op.GREATER, CmpTarget.createRevision(0)))
                    .Then(Op.put(raw(i), RAW_VALUE, PutOption.DEFAULT))
                    .commit()
                    .get();
            if (!written.isSucceeded()) {
              throw new IllegalStateException("the baseline's condition did not hold");
            }
          },
          (caller, i) -> fenced.put(key(i), VALUE, Previous.DISCARD));
    } finally {
      renewing.cancel();
      renewing.join();
      lease.resign();
    }
  }

  private static List<KeyValue> puts(int batch) {
    List<KeyValue> kvs = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      kvs.add(new KeyValue(key(batch * 100 + i), VALUE));
    }
    return kvs;
  }

  private static Op[] rawPuts(int batch) {
    Op[] puts = new Op[100];
    for (int i = 0; i < puts.length; i++) {
      puts[i] = Op.put(raw(batch * 100 + i), RAW_VALUE, PutOption.DEFAULT);
    }
    return puts;
  }

  private static Bytes key(int i) {
    return Bytes.utf8(text(i));
  }

  private static ByteSequence raw(int i) {
    return utf8(text(i));
  }

  private static String text(int i) {
    return "__bench/%08d".formatted(i);
  }

  private static ByteSequence utf8(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }
}
