package io.metasrv.adapters.embedded;

import io.metasrv.application.memory.InMemoryElectionGroup;
import io.metasrv.application.port.Election;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.Bytes;
import io.metasrv.testkit.election.ElectionContract;
import io.metasrv.testkit.election.ElectionFixture;
import io.metasrv.testkit.time.ManualRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/**
 * The terms of an embedded store held to the contract of elections. In production only one process
 * takes part ({@code LocalElection}); here several participants of one process compete for the
 * store's terms, which puts its fences through everything the contract knows.
 */
final class EmbeddedElectionContractTest extends ElectionContract {

  private static final ElectionTiming TIMING =
      new ElectionTiming(
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10));

  @TempDir Path directory;

  @Override
  protected ElectionFixture newFixture() {
    return new Fixture(EmbeddedStore.open(directory.resolve("store")));
  }

  private static final class Fixture implements ElectionFixture {

    private final ManualRuntime runtime = new ManualRuntime();
    private final EmbeddedStore store;
    private final InMemoryElectionGroup group;

    Fixture(EmbeddedStore store) {
      this.store = store;
      this.group = new InMemoryElectionGroup(store, runtime, TIMING);
    }

    @Override
    public Election join() {
      return group.join();
    }

    @Override
    public KeyValueStore store() {
      return store;
    }

    @Override
    public List<Bytes> rawKeys() {
      return store.range(KeyRange.all(), RangeOptions.ALL).kvs().stream()
          .map(KeyValue::key)
          .toList();
    }

    @Override
    public Runtime runtime() {
      return runtime;
    }

    @Override
    public void elapse(Duration duration) {
      runtime.advance(duration);
    }

    /** The clock runs ahead of the threads that wait for it, by as much as a test lets it. */
    @Override
    public Duration slack() {
      return Duration.ofMinutes(10);
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
