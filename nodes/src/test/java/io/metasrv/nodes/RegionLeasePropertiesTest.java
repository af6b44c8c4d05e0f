package io.metasrv.nodes;

import static io.metasrv.nodes.TestDatanode.REGION;
import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.domain.time.MonotonicTime;
import io.metasrv.nodes.region.LeaseMode;
import io.metasrv.nodes.region.RegionRole;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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

  private static final int SEEDS = 400;
  private static final List<String> INSTRUCTIONS =
      List.of(
          "{\"UpgradeRegions\":[{\"region_id\":4398046511105,\"replay_timeout\":\"1s\"}]}",
          "{\"DowngradeRegions\":[{\"region_id\":4398046511105,\"flush_timeout\":null}]}",
          "{\"DowngradeRegions\":[{\"region_id\":4398046511105,"
              + "\"flush_timeout\":{\"secs\":1,\"nanos\":0}}]}",
          "{\"EnterStagingRegions\":[{\"region_id\":4398046511105,"
              + "\"partition_directive\":\"{}\"}]}");

  /** Up to forty events, the same for the same seed. */
  private static List<Event> history(long seed) {
    Random random = new Random(seed);
    return Stream.generate(() -> event(random)).limit(random.nextInt(41)).toList();
  }

  private static Event event(Random random) {
    int kind = random.nextInt(10);
    if (kind < 4) {
      return new Event.Pass(random.nextInt(8_001));
    }
    if (kind < 7) {
      RegionRole[] roles = RegionRole.values();
      return new Event.Lease(
          random.nextInt(20_001), random.nextInt(13), roles[random.nextInt(roles.length)]);
    }
    return kind < 8
        ? new Event.Instruct(INSTRUCTIONS.get(random.nextInt(INSTRUCTIONS.size())))
        : new Event.Wake();
  }

  private static void forEveryHistory(Consumer<List<Event>> property) {
    for (long seed = 0; seed < SEEDS; seed++) {
      try {
        property.accept(history(seed));
      } catch (AssertionError broken) {
        throw new AssertionError("history of seed " + seed + ": " + history(seed), broken);
      }
    }
  }

  /** The strict one, however badly its driver keeps time. */
  @Test
  void strictlyLeasedRegionIsNeverWritablePastItsDeadline() {
    forEveryHistory(
        RegionLeasePropertiesTest::checkStrictlyLeasedRegionIsNeverWritablePastItsDeadline);
  }

  private static void checkStrictlyLeasedRegionIsNeverWritablePastItsDeadline(List<Event> history) {
    TestDatanode datanode = datanode(LeaseMode.STRICT);

    for (Event event : history) {
      apply(datanode, event);
      assertThat(datanode.isWritable(REGION) && isPastDeadline(datanode)).isFalse();
    }
  }

  /** The reference, as long as its driver wakes it when it asks to be woken. */
  @Test
  void promptlyWokenReferenceIsNeverWritablePastItsDeadline() {
    forEveryHistory(
        RegionLeasePropertiesTest::checkPromptlyWokenReferenceIsNeverWritablePastItsDeadline);
  }

  private static void checkPromptlyWokenReferenceIsNeverWritablePastItsDeadline(
      List<Event> history) {
    TestDatanode datanode = datanode(LeaseMode.REFERENCE);

    for (Event event : history) {
      apply(datanode, event);
      wakeIfAsked(datanode);
      assertThat(datanode.isWritable(REGION) && isPastDeadline(datanode)).isFalse();
    }
  }

  /** After the last lease has ended, nothing but another lease or an upgrade makes it writable. */
  @Test
  void regionLeftAloneEndsAsAFollower() {
    forEveryHistory(RegionLeasePropertiesTest::checkRegionLeftAloneEndsAsAFollower);
  }

  private static void checkRegionLeftAloneEndsAsAFollower(List<Event> history) {
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
