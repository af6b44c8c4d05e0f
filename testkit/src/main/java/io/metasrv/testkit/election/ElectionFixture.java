package io.metasrv.testkit.election;

import io.metasrv.application.port.Election;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Runtime;
import io.metasrv.domain.Bytes;
import java.time.Duration;
import java.util.List;

/** A backend without leader or candidates for one test, and the nodes that take part. */
public interface ElectionFixture extends AutoCloseable {

  /**
   * A further participant, with a client or connection of its own as a separate process has. Closed
   * with the fixture.
   */
  Election join();

  /** A store on the same backend, not fenced: its {@code fencedBy} accepts the fences won. */
  KeyValueStore store();

  /**
   * Every key of the backend's whole keyspace, the election's own and whatever the store holds, in
   * the raw form; empty when the fixture is made. Rows of an SQL election count as keys.
   */
  List<Bytes> rawKeys();

  /** The clocks that participants go by. */
  Runtime runtime();

  /** Lets time pass: sleeps on a real backend, moves the clock of one with its own time. */
  void elapse(Duration duration) throws InterruptedException;

  /**
   * Makes a participant fall silent as a crashed process does. Needed only where a client keeps its
   * lease alive by itself.
   */
  default void crash(Election participant) {}

  /**
   * How much later than promised the backend may notice that a lease ran out, and a participant
   * that it has won.
   */
  default Duration slack() {
    return Duration.ofSeconds(3);
  }

  /**
   * Something that must not grow with the number of terms: live platform threads, unless a backend
   * has more to count (open streams, connections).
   */
  default int openResources() {
    return Thread.getAllStackTraces().size();
  }

  @Override
  void close() throws Exception;
}
