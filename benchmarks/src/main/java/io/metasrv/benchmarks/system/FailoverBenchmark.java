package io.metasrv.benchmarks.system;

import io.metasrv.benchmarks.backends.BackendUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * How long nobody writes when the leader dies: from SIGKILL to the first write that another server
 * acknowledges. Three servers share a store; one client keeps asking the two that are left. On the
 * embedded store there is one server, which is started again at once. Each kill comes at a time of
 * its own within the renewal's rhythm, and with all servers there again.
 */
public final class FailoverBenchmark {

  /** The backends that keep anything. */
  public static final List<String> BACKENDS =
      BackendUnderTest.ALL.stream().filter(name -> !name.equals("memory")).toList();

  private static final int SERVERS = 3;

  /** Longer than a renewal's period of 2.5 s. */
  private static final int LONGEST_PAUSE_MILLIS = 3_000;

  private final BackendUnderTest backend;
  private final List<Member> members = new ArrayList<>();
  private final Random random = new Random(50);

  private FailoverBenchmark(BackendUnderTest backend) {
    this.backend = backend;
  }

  /** Kills leaders and prints what it took, backend by backend. */
  public static void run(List<String> names, int kills) throws Exception {
    System.out.println("| leader killed, ms | kills | min | 10 % | median | 90 % | max |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (String name : names) {
      try (BackendUnderTest backend = BackendUnderTest.start(name)) {
        System.out.println(row(name, new FailoverBenchmark(backend).measure(kills)));
      }
    }
  }

  private double[] measure(int kills) throws Exception {
    boolean alone = backend.name().equals("embedded");
    try {
      for (int i = 0; i < (alone ? 1 : SERVERS); i++) {
        members.add(new Member(Files.createDirectory(backend.directory().resolve("server-" + i))));
      }
      double[] millis = new double[kills];
      for (int kill = 0; kill < kills; kill++) {
        for (Member member : members) {
          member.client.awaitWrite();
        }
        Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
        millis[kill] = alone ? restarted() : takenOver();
        // Whoever stops a run of an hour has what was measured until then.
        System.err.printf("%s, kill %d: %.0f ms%n", backend.name(), kill + 1, millis[kill]);
      }
      return millis;
    } finally {
      for (Member member : members) {
        member.close();
      }
    }
  }

  private double restarted() throws Exception {
    Member only = members.getFirst();
    long begun = System.nanoTime();
    only.server.kill();
    only.start();
    only.client.awaitWrite();
    return millisSince(begun);
  }

  private double takenOver() throws Exception {
    Member leader = leader();
    List<Member> left = members.stream().filter(member -> member != leader).toList();
    long begun = System.nanoTime();
    leader.server.kill();
    for (int turn = 0; !left.get(turn % left.size()).client.writes(); turn++) {
      Thread.sleep(2);
    }
    double took = millisSince(begun);
    leader.start();
    return took;
  }

  private Member leader() throws InterruptedException {
    while (true) {
      String address = members.getFirst().client.leader();
      for (Member member : members) {
        if (member.address.equals(address)) {
          return member;
        }
      }
      Thread.sleep(20);
    }
  }

  private static double millisSince(long begun) {
    return (System.nanoTime() - begun) / 1e6;
  }

  private static String row(String name, double[] millis) {
    Arrays.sort(millis);
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.0f | %.0f | %.0f | %.0f | %.0f |",
        name,
        millis.length,
        millis[0],
        millis[millis.length / 10],
        millis[millis.length / 2],
        millis[millis.length * 9 / 10],
        millis[millis.length - 1]);
  }

  /** A server that keeps its address and data over its deaths, and a client that asks it alone. */
  private final class Member implements AutoCloseable {

    private final Path home;
    private final String address = ServerUnderTest.freeAddress();
    private final WritingClient client = new WritingClient(address);
    private ServerUnderTest server;

    Member(Path home) throws IOException {
      this.home = home;
      this.server = launched();
    }

    private ServerUnderTest launched() throws IOException {
      return ServerUnderTest.start(home, address, List.of("-c", backend.config().toString()));
    }

    void start() throws IOException {
      server = launched();
    }

    @Override
    public void close() throws InterruptedException {
      client.close();
      server.kill();
    }
  }
}
