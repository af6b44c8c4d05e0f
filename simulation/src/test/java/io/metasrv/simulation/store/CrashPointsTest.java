package io.metasrv.simulation.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.Bytes;
import io.metasrv.simulation.kernel.CrashPoints;
import io.metasrv.simulation.kernel.CrashPoints.Side;
import io.metasrv.simulation.kernel.RemoteCalls;
import io.metasrv.simulation.kernel.SimulatedNetwork;
import io.metasrv.simulation.kernel.SimulatedProcess;
import io.metasrv.simulation.kernel.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A worker in three steps, write, call, write, that is killed at each point where it shows. */
class CrashPointsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /**
   * What a run left behind.
   *
   * @param keys in the store
   * @param calls that reached the peer
   */
  private record Left(List<String> keys, int calls, boolean finished, long hash, long points) {}

  @Test
  void everyPointOfARunIsReachedAndLeavesWhatWasDoneBefore() {
    List<Left> runs = CrashPoints.sweep(points -> run(7, points));

    assertThat(runs).hasSize(7);
    assertThat(runs.getFirst().points()).isEqualTo(6);
    assertThat(runs.stream().map(Left::keys))
        .containsExactly(
            List.of("begun", "done"),
            List.of(),
            List.of("begun"),
            List.of("begun"),
            List.of("begun"),
            List.of("begun"),
            List.of("begun", "done"));
    assertThat(runs.stream().map(Left::calls)).containsExactly(1, 0, 0, 0, 1, 1, 1);
    assertThat(runs.stream().map(Left::finished))
        .containsExactly(true, false, false, false, false, false, false);
  }

  @Test
  void theSamePointOfTheSameSeedIsTheSameRun() {
    for (int point = 1; point <= 6; point++) {
      assertThat(run(3, CrashPoints.crashingAt(point)))
          .isEqualTo(run(3, CrashPoints.crashingAt(point)));
    }
  }

  @Test
  void aPointSaysWhereItIs() {
    CrashPoints points = CrashPoints.crashingAt(4);

    run(7, points);

    assertThat(points.crashedAt())
        .contains(new CrashPoints.Point(4, "worker", "work at peer", Side.AFTER));
    assertThat(points.count()).isEqualTo(4);
  }

  @Test
  void whatIsPreparedAndWhatComesAfterTheTestIsNotCounted() {
    CrashPoints points = CrashPoints.counting().hold();

    run(7, points);

    assertThat(points.count()).isZero();
    assertThatThrownBy(() -> CrashPoints.crashingAt(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRunThatIsNotRepeatableIsReported() {
    List<CrashPoints> seen = new ArrayList<>();
    assertThatThrownBy(
            () ->
                CrashPoints.sweep(
                    points -> {
                      seen.add(points);
                      return run(7, seen.size() > 1 ? CrashPoints.counting() : points);
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not the same run");
  }

  private static Left run(long seed, CrashPoints points) {
    World world = World.of(seed);
    SimulatedNetwork network =
        new SimulatedNetwork(world, Duration.ofMillis(1), Duration.ofMillis(20));
    network.calm();
    SimulatedStoreServer server =
        SimulatedStoreServer.sound(world, world.process("store"), ElectionTiming.REFERENCE);
    SimulatedProcess worker = world.process("worker");
    SimulatedProcess peer = world.process("peer");
    KeyValueStore store = new SimulatedStore(server, worker, network, points.of(worker));
    RemoteCalls calls = new RemoteCalls(network, worker, points.of(worker));
    List<String> called = new ArrayList<>();
    List<String> finished = new ArrayList<>();
    worker.start(
        "job",
        () -> {
          store.put(Bytes.utf8("begun"), Bytes.EMPTY, Previous.DISCARD);
          assertThat(calls.call(peer, "work", PATIENCE, () -> called.add("work"))).contains(true);
          store.put(Bytes.utf8("done"), Bytes.EMPTY, Previous.DISCARD);
          finished.add("job");
        });
    world.runFor(Duration.ofSeconds(10));
    assertThat(world.faults()).isEmpty();
    List<String> keys =
        server.content().range(KeyRange.all(), RangeOptions.ALL).kvs().stream()
            .map(kv -> kv.key().toUtf8())
            .toList();
    return new Left(keys, called.size(), !finished.isEmpty(), world.trace().hash(), points.count());
  }
}
