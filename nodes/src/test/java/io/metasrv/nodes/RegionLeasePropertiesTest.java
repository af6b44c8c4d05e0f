package io.metasrv.nodes;

import static io.metasrv.nodes.TestDatanode.REGION;
import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.domain.time.MonotonicTime;
import io.metasrv.nodes.region.LeaseMode;
import io.metasrv.nodes.region.RegionRole;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever happens in whatever order: no region is writable after the end of its countdown. */
class RegionLeasePropertiesTest {

  /** Something that happens to a datanode. */
  sealed interface Event {
    record Pass(int millis) implements Event {}

    /** A lease for a heartbeat built so long ago. */
    record Lease(int ageMillis, int seconds, RegionRole role) implements Event {}

    record Instruct(String json) implements Event {}

    record Wake() implements Event {}
  }

  @Provide
  Arbitrary<List<Event>> histories() {
    Arbitrary<Event> pass = Arbitraries.integers().between(0, 8_000).map(Event.Pass::new);
    Arbitrary<Event> lease =
        Combinators.combine(
                Arbitraries.integers().between(0, 20_000),
                Arbitraries.integers().between(0, 12),
                Arbitraries.of(RegionRole.class))
            .as(Event.Lease::new);
    Arbitrary<Event> instruction =
        Arbitraries.of(
                "{\"UpgradeRegions\":[{\"region_id\":4398046511105,\"replay_timeout\":\"1s\"}]}",
                "{\"DowngradeRegions\":[{\"region_id\":4398046511105,\"flush_timeout\":null}]}",
                "{\"DowngradeRegions\":[{\"region_id\":4398046511105,"
                    + "\"flush_timeout\":{\"secs\":1,\"nanos\":0}}]}",
                "{\"EnterStagingRegions\":[{\"region_id\":4398046511105,"
                    + "\"partition_directive\":\"{}\"}]}")
            .map(Event.Instruct::new);
    Arbitrary<Event> wake = Arbitraries.of(new Event.Wake());
    return Arbitraries.frequencyOf(
            Tuple.of(4, pass), Tuple.of(3, lease), Tuple.of(1, instruction), Tuple.of(2, wake))
        .list()
        .ofMaxSize(40);
  }

  /** The strict one, however badly its driver keeps time. */
  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void strictlyLeasedRegionIsNeverWritablePastItsDeadline(
      @ForAll("histories") List<Event> history) {
    TestDatanode datanode = datanode(LeaseMode.STRICT);

    for (Event event : history) {
      apply(datanode, event);
      assertThat(datanode.isWritable(REGION) && isPastDeadline(datanode)).isFalse();
    }
  }

  /** The reference, as long as its driver wakes it when it asks to be woken. */
  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void promptlyWokenReferenceIsNeverWritablePastItsDeadline(
      @ForAll("histories") List<Event> history) {
    TestDatanode datanode = datanode(LeaseMode.REFERENCE);

    for (Event event : history) {
      apply(datanode, event);
      wakeIfAsked(datanode);
      assertThat(datanode.isWritable(REGION) && isPastDeadline(datanode)).isFalse();
    }
  }

  /** After the last lease has ended, nothing but another lease or an upgrade makes it writable. */
  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void regionLeftAloneEndsAsAFollower(@ForAll("histories") List<Event> history) {
    TestDatanode datanode = datanode(LeaseMode.REFERENCE);
    history.forEach(event -> apply(datanode, event));
    Optional<MonotonicTime> deadline = deadline(datanode);

    datanode.pass(Duration.ofHours(1));
    datanode.node.wake(datanode.now());

    // Without a countdown (upgraded after an expiry) a real one stays as it is, too.
    if (deadline.isPresent()) {
      assertThat(datanode.role(REGION)).isEqualTo(RegionRole.FOLLOWER);
    }
    assertThat(datanode.isOpen(REGION)).isTrue();
  }

  private static TestDatanode datanode(LeaseMode mode) {
    TestDatanode datanode = new TestDatanode(DatanodeOptions.faithful().withLeaseMode(mode));
    datanode.connect();
    datanode.create(REGION);
    return datanode;
  }

  private static void apply(TestDatanode datanode, Event event) {
    switch (event) {
      case Event.Pass pass -> datanode.pass(Duration.ofMillis(pass.millis()));
      case Event.Lease lease -> {
        long sinceEpoch = datanode.now().monotonic().nanos() / 1_000_000 - lease.ageMillis();
        datanode.lease(
            Duration.ofMillis(Math.max(0, sinceEpoch)), lease.seconds(), REGION, lease.role());
      }
      case Event.Instruct instruct -> datanode.instruct(instruct.json());
      case Event.Wake wake -> datanode.node.wake(datanode.now());
    }
  }

  private static void wakeIfAsked(TestDatanode datanode) {
    Optional<MonotonicTime> wake = datanode.node.nextWake();
    if (wake.isPresent() && !datanode.now().monotonic().isBefore(wake.get())) {
      datanode.node.wake(datanode.now());
    }
  }

  private static boolean isPastDeadline(TestDatanode datanode) {
    return deadline(datanode)
        .map(deadline -> !datanode.now().monotonic().isBefore(deadline))
        .orElse(false);
  }

  private static Optional<MonotonicTime> deadline(TestDatanode datanode) {
    return datanode.node.regions().find(REGION).orElseThrow().deadline();
  }
}
