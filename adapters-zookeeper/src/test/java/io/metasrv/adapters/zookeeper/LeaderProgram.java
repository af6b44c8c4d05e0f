package io.metasrv.adapters.zookeeper;

import io.metasrv.application.options.StoreOptions;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.Previous;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A leader in a process of its own, which a test can make stand still. Wins a term, says so, and
 * then writes once for each line it reads, under its fence. It renews before each write only, so
 * that a pause is followed by a write at once.
 */
final class LeaderProgram {

  private LeaderProgram() {}

  /**
   * @param arguments root and address of the servers
   */
  public static void main(String[] arguments) throws Exception {
    StoreOptions options =
        ZooKeepers.options(
            arguments[0], Duration.ofMillis(3600), Duration.ofSeconds(10), arguments[1]);
    try (ZooKeeperConnection connection = ZooKeeperConnection.open(options);
        BufferedReader input =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      ZooKeeperElection election =
          new ZooKeeperElection(connection, "", ElectionTiming.withLease(Duration.ofSeconds(3)));
      LeaderLease lease = election.campaign("child:3002");
      KeyValueStore store = new ZooKeeperStore(connection, 128).fencedBy(lease.fence());
      write(store, "first");
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        write(store, line);
      }
      lease.resign();
    }
  }

  private static void write(KeyValueStore store, String value) {
    String outcome;
    try {
      store.put(Bytes.utf8("leader wrote"), Bytes.utf8(value), Previous.DISCARD);
      outcome = "WRITTEN";
    } catch (StoreException.FencedOut refused) {
      outcome = "FENCED";
    } catch (StoreException other) {
      outcome = "OTHER " + other.getMessage();
    }
    System.out.println("RESULT " + outcome);
    System.out.flush();
  }
}
