package io.metasrv.benchmarks.system;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.metasrv.benchmarks.heartbeat.DatanodeMessages;
import io.metasrv.domain.Bytes;
import io.metasrv.protocol.grpc.ChannelSettings;
import io.metasrv.protocol.v1.meta.BatchPutRequest;
import io.metasrv.protocol.v1.meta.KeyValue;
import io.metasrv.protocol.v1.meta.StoreGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a server keeps of a connected datanode: live heap and resident memory of a server process
 * with more and more of them, each on a connection of its own with {@value #REGIONS} regions, whose
 * statistics, leases and routes the leader holds. The nodes live in this process, not in its.
 */
public final class MemoryBenchmark {

  private static final int REGIONS = 20;

  /**
   * Enough that the leader holds the most it ever does of a node: three heartbeats as text, and two
   * that wait for a third.
   */
  private static final int BEATS = 6;

  /** Nodes that are there from the beginning, so that everything has been used once. */
  private static final int ALWAYS_THERE = 20;

  /** A message to the store must not be larger than the port takes. */
  private static final int NODES_A_BATCH = 100;

  private MemoryBenchmark() {}

  private record Sample(int nodes, long heapBytes, long residentBytes) {}

  /**
   * Connects nodes to a server and prints what it holds. Each node that comes is announced to all
   * that are there, so the time grows with the square of the last step.
   *
   * @param steps how many nodes to measure with, ascending; none is measured first
   */
  public static void run(List<Integer> steps) throws IOException, InterruptedException {
    Path home = Files.createTempDirectory("metasrv-bench-memory");
    List<ConnectedNode> nodes = new ArrayList<>();
    List<Sample> samples = new ArrayList<>();
    try (ServerUnderTest server = ServerUnderTest.start(home)) {
      StartBenchmark.awaitServing(server);
      storeRoutes(server.address(), steps.getLast() + ALWAYS_THERE);
      connect(server, nodes, ALWAYS_THERE);
      samples.add(sample(server, 0));
      for (int step : steps) {
        connect(server, nodes, ALWAYS_THERE + step);
        samples.add(sample(server, step));
      }
    } finally {
      nodes.forEach(ConnectedNode::close);
      ServerUnderTest.delete(home);
    }
    print(samples);
  }

  private static Sample sample(ServerUnderTest server, int nodes)
      throws IOException, InterruptedException {
    return new Sample(nodes, server.liveHeapBytes(), server.residentBytes());
  }

  private static void storeRoutes(String address, int nodes) {
    ManagedChannel channel = ChannelSettings.defaults().builder(address).build();
    try {
      StoreGrpc.StoreBlockingStub store = StoreGrpc.newBlockingStub(channel);
      for (int from = 0; from < nodes; from += NODES_A_BATCH) {
        BatchPutRequest.Builder batch = BatchPutRequest.newBuilder();
        for (int node = from; node < Math.min(nodes, from + NODES_A_BATCH); node++) {
          messages(node).routes().forEach((key, value) -> batch.addKvs(pair(key, value)));
        }
        store.batchPut(batch.build());
      }
    } finally {
      channel.shutdownNow();
    }
  }

  private static KeyValue pair(Bytes key, Bytes value) {
    return KeyValue.newBuilder()
        .setKey(ByteString.copyFrom(key.asReadOnlyBuffer()))
        .setValue(ByteString.copyFrom(value.asReadOnlyBuffer()))
        .build();
  }

  private static DatanodeMessages messages(int node) {
    return new DatanodeMessages(node, 1_024 + node, 1, REGIONS);
  }

  private static void connect(ServerUnderTest server, List<ConnectedNode> nodes, int wanted)
      throws InterruptedException {
    List<ConnectedNode> added = new ArrayList<>();
    while (nodes.size() < wanted) {
      ConnectedNode node = new ConnectedNode(server.address(), messages(nodes.size()));
      nodes.add(node);
      added.add(node);
      node.shakeHands();
    }
    for (int beat = 1; beat <= BEATS; beat++) {
      for (ConnectedNode node : added) {
        node.beat(beat);
      }
    }
  }

  private static void print(List<Sample> samples) {
    System.out.printf(
        Locale.ROOT, "Datanodes with %d regions each, after %d heartbeats:%n", REGIONS, BEATS);
    System.out.println(
        "| nodes | live heap, MiB | resident, MiB | heap a node, KiB | resident a node, KiB |");
    System.out.println("|---|---|---|---|---|");
    Sample before = samples.getFirst();
    for (Sample sample : samples) {
      int more = Math.max(1, sample.nodes() - before.nodes());
      System.out.printf(
          Locale.ROOT,
          "| %d | %.1f | %.1f | %.1f | %.1f |%n",
          sample.nodes(),
          mebi(sample.heapBytes()),
          mebi(sample.residentBytes()),
          (sample.heapBytes() - before.heapBytes()) / 1024.0 / more,
          (sample.residentBytes() - before.residentBytes()) / 1024.0 / more);
      before = sample;
    }
    System.out.println("(a node: the step from the line above)");
  }

  private static double mebi(long bytes) {
    return bytes / 1024.0 / 1024.0;
  }
}
