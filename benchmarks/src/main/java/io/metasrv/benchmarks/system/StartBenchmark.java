package io.metasrv.benchmarks.system;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.metasrv.protocol.grpc.ChannelSettings;
import io.metasrv.protocol.v1.meta.PutRequest;
import io.metasrv.protocol.v1.meta.StoreGrpc;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * From the start of the process to the first write acknowledged over gRPC, which is behind the open
 * port, the election and the synced store: on an empty directory, and again on the same one.
 */
public final class StartBenchmark {

  private static final int STARTS_PER_ROUND = 2;
  private static final long DEADLINE_SECONDS = 60;
  private static final long POLL_MILLIS = 2;

  private StartBenchmark() {}

  /**
   * @param millis on the clock
   * @param processorMillis used by all threads of the server, which a busy machine disturbs less
   */
  private record Took(double millis, double processorMillis) {}

  /** Starts servers and prints what it took. */
  public static void run(int rounds) throws IOException, InterruptedException {
    List<Took> first = new ArrayList<>();
    List<Took> again = new ArrayList<>();
    // One that does not count: this process has classes to load, too.
    startTwice(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < STARTS_PER_ROUND * rounds; i++) {
      startTwice(first, again);
    }
    System.out.println("| start to serving, ms | starts | min | median | max | processor time |");
    System.out.println("|---|---|---|---|---|---|");
    System.out.println(row("empty directory", first));
    System.out.println(row("directory of a server that was stopped", again));
  }

  private static void startTwice(List<Took> first, List<Took> again)
      throws IOException, InterruptedException {
    Path home = Files.createTempDirectory("metasrv-bench-start");
    try {
      first.add(start(home));
      again.add(start(home));
    } finally {
      ServerUnderTest.delete(home);
    }
  }

  private static Took start(Path home) throws IOException, InterruptedException {
    try (ServerUnderTest server = ServerUnderTest.start(home)) {
      awaitServing(server);
      double millis = (System.nanoTime() - server.begunAt()) / 1e6;
      return new Took(millis, server.processorTime().toMillis());
    }
  }

  /** Returns once a write was acknowledged. */
  static void awaitServing(ServerUnderTest server) throws InterruptedException {
    awaitPort(server);
    awaitWrite(server);
  }

  private static void awaitPort(ServerUnderTest server) throws InterruptedException {
    int colon = server.address().lastIndexOf(':');
    InetSocketAddress port =
        new InetSocketAddress(
            server.address().substring(0, colon),
            Integer.parseInt(server.address().substring(colon + 1)));
    while (!accepts(port)) {
      server.requireRunning();
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static boolean accepts(InetSocketAddress port) {
    try (Socket socket = new Socket()) {
      socket.connect(port, 1_000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static void awaitWrite(ServerUnderTest server) throws InterruptedException {
    ManagedChannel channel = ChannelSettings.defaults().builder(server.address()).build();
    try {
      StoreGrpc.StoreBlockingStub store =
          StoreGrpc.newBlockingStub(channel).withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
      while (!writes(store)) {
        server.requireRunning();
        Thread.sleep(POLL_MILLIS);
      }
    } finally {
      channel.shutdownNow();
    }
  }

  private static boolean writes(StoreGrpc.StoreBlockingStub store) {
    ByteString key = ByteString.copyFromUtf8("__bench/start");
    try {
      return !store
          .put(PutRequest.newBuilder().setKey(key).setValue(key).build())
          .getHeader()
          .hasError();
    } catch (StatusRuntimeException notYet) {
      if (notYet.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED) {
        throw notYet;
      }
      return false;
    }
  }

  private static String row(String name, List<Took> starts) {
    double[] millis = starts.stream().mapToDouble(Took::millis).sorted().toArray();
    double[] processor = starts.stream().mapToDouble(Took::processorMillis).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.0f | %.0f | %.0f | %.0f |",
        name,
        millis.length,
        millis[0],
        millis[millis.length / 2],
        millis[millis.length - 1],
        processor[processor.length / 2]);
  }
}
