package io.metasrv.testkit.election;

import io.metasrv.application.port.Election;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.Runtime;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ElectionException;
import io.metasrv.domain.error.StoreException;
import io.metasrv.domain.leadership.LeaseWindow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A node for a process of its own, which a test stops and wakes. It leads, renews as long as it
 * can, and does what it reads from standard input, a line at a time, each answered with a line that
 * begins with {@value #SAYS}:
 *
 * <ul>
 *   <li>{@code write VALUE}: a fenced write; {@code done}, or {@code refused} and the class of the
 *       error
 *   <li>{@code leads}: {@code yes} or {@code no}, by its own window, without asking anybody
 *   <li>{@code busy}: eight writers begin, each until it is refused
 *   <li>{@code rest}: waits until the eight were refused
 * </ul>
 *
 * It ends with its input.
 */
public final class LeaderProgram {

  /** Begins each of its lines; whatever a logger prints does not. */
  static final String SAYS = "> ";

  /** What it says once it leads. */
  static final String LEADS = "leads";

  /** Where the eight writers write. */
  static final Bytes BUSY = Bytes.utf8("busy/");

  private static final int WRITERS = 8;

  private final KeyValueStore fenced;
  private final Election election;
  private final LeaderLease lease;
  private final Runtime runtime;
  private final List<Thread> writers = new ArrayList<>();
  private volatile LeaseWindow window;

  private LeaderProgram(
      KeyValueStore fenced, Election election, LeaderLease lease, Runtime runtime) {
    this.fenced = fenced;
    this.election = election;
    this.lease = lease;
    this.runtime = runtime;
    this.window = windowFromNow();
  }

  private LeaseWindow windowFromNow() {
    return LeaseWindow.opened(runtime.monotonic(), runtime.wallClock(), election.leaseDuration());
  }

  /** Runs to the end of standard input. */
  public static void run(KeyValueStore store, Election election, Runtime runtime, String address)
      throws IOException, InterruptedException {
    LeaderLease lease = election.campaign(address);
    LeaderProgram program =
        new LeaderProgram(store.fencedBy(lease.fence()), election, lease, runtime);
    program.renew();
    Thread.ofVirtual().name("renewals").start(program::keepRenewing);
    say(LEADS);
    program.obey();
  }

  private boolean renew() throws InterruptedException {
    LeaseWindow next = windowFromNow();
    try {
      if (lease.renew() == LeaderLease.Renewal.LOST) {
        return false;
      }
      window = next;
    } catch (ElectionException later) {
      System.err.println("a renewal failed: " + later);
    }
    return true;
  }

  private void keepRenewing() {
    try {
      while (renew()) {
        runtime.sleep(election.renewalInterval());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void obey() throws IOException, InterruptedException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", 2);
      say(
          switch (words[0]) {
            case "write" -> write(ElectionCases.KEY, words[1]);
            case "leads" -> window.isOpen(runtime.monotonic(), runtime.wallClock()) ? "yes" : "no";
            case "busy" -> beBusy();
            case "rest" -> rest();
            default -> throw new IOException("no command: " + line);
          });
    }
  }

  private static void say(String line) {
    System.out.println(SAYS + line);
  }

  private String write(Bytes key, String value) {
    try {
      fenced.put(key, Bytes.utf8(value), Previous.DISCARD);
      return "done";
    } catch (StoreException e) {
      return "refused " + e.getClass().getSimpleName();
    }
  }

  private String beBusy() {
    for (int i = 0; i < WRITERS; i++) {
      Bytes key = BUSY.concat(Bytes.utf8(Integer.toString(i)));
      writers.add(Thread.ofVirtual().start(() -> writeUntilRefused(key)));
    }
    return "busy";
  }

  /** Other failures are those of a transaction that the server gave up meanwhile. */
  private void writeUntilRefused(Bytes key) {
    String told = "done";
    for (long i = 0; !told.equals("refused FencedOut"); i++) {
      told = write(key, Long.toString(i));
    }
  }

  private String rest() throws InterruptedException {
    for (Thread writer : writers) {
      writer.join();
    }
    return "all refused";
  }
}
