package io.metasrv.simulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.port.Promise;
import io.metasrv.application.port.Task;
import io.metasrv.domain.time.MonotonicTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class KernelTest {

  @Test
  void sameSeedGivesTheSameTraceAndOtherSeedsGiveOthers() {
    assertThat(busyRun(7)).isEqualTo(busyRun(7));
    long distinct =
        java.util.stream.LongStream.range(0, 20).map(KernelTest::busyRun).distinct().count();
    assertThat(distinct).isEqualTo(20);
  }

  /** Tasks that contend for a lock, wait on conditions, sleep and send. */
  private static long busyRun(long seed) {
    World world = World.of(seed);
    SimulatedProcess left = world.process("left", 1.01);
    SimulatedProcess right = world.process("right");
    SimulatedNetwork network =
        new SimulatedNetwork(world, Duration.ofMillis(1), Duration.ofMillis(20));
    ReentrantLock lock = new ReentrantLock();
    Condition changed = lock.newCondition();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int number = i;
      left.start(
          "writer",
          () -> {
            for (int round = 0; round < 5; round++) {
              left.sleep(Duration.ofMillis(left.random().nextInt(30)));
              lock.lockInterruptibly();
              try {
                order.add(number);
                world.note("took", "writer " + number);
                changed.signalAll();
                left.sleep(Duration.ofMillis(1));
              } finally {
                lock.unlock();
              }
              network.send(left, right, "message", () -> world.note("got", "from " + number));
            }
          });
    }
    left.start(
        "reader",
        () -> {
          lock.lockInterruptibly();
          try {
            while (order.size() < 50) {
              changed.await();
            }
          } finally {
            lock.unlock();
          }
        });
    world.runFor(Duration.ofSeconds(10));
    assertThat(order).hasSize(50);
    assertThat(world.faults()).isEmpty();
    return world.trace().hash();
  }

  @Test
  void sleepingTakesVirtualTimeOfTheProcessClock() {
    World world = World.of(1);
    SimulatedProcess fast = world.process("fast", 2.0);
    List<Duration> took = new ArrayList<>();
    fast.start(
        "sleeper",
        () -> {
          MonotonicTime before = fast.monotonic();
          fast.sleep(Duration.ofHours(1));
          took.add(fast.monotonic().since(before));
        });
    assertThat(world.runUntil(() -> !took.isEmpty(), Duration.ofDays(1))).isTrue();
    assertThat(took.getFirst()).isBetween(Duration.ofHours(1), Duration.ofHours(1).plusMillis(1));
    assertThat(world.now()).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(30).plusMillis(1));
  }

  @Test
  void aPausedProcessDoesNothingAndItsClockGoesOn() {
    World world = World.of(2);
    SimulatedProcess process = world.process("p");
    List<Duration> ticks = new ArrayList<>();
    MonotonicTime start = process.monotonic();
    process.start(
        "ticker",
        () -> {
          while (true) {
            process.sleep(Duration.ofSeconds(1));
            ticks.add(process.monotonic().since(start));
          }
        });
    world.runFor(Duration.ofMillis(2500));
    process.pause();
    world.runFor(Duration.ofSeconds(10));
    assertThat(ticks).hasSize(2);
    process.resume();
    world.runFor(Duration.ofMillis(100));
    assertThat(ticks).hasSize(3);
    assertThat(ticks.getLast()).isGreaterThan(Duration.ofSeconds(12));
  }

  @Test
  void theMonotonicClockOfASuspendedMachineStandsStillAndItsWallClockDoesNot() {
    World world = World.of(3);
    SimulatedProcess process = world.process("p");
    MonotonicTime before = process.monotonic();
    var wallBefore = process.wallClock();
    process.suspend();
    world.runFor(Duration.ofMinutes(5));
    process.resume();
    assertThat(process.monotonic().since(before)).isZero();
    assertThat(Duration.between(wallBefore, process.wallClock())).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void nothingOfACrashedProcessRunsAgain() {
    World world = World.of(4);
    SimulatedProcess process = world.process("p");
    List<String> seen = new ArrayList<>();
    process.start(
        "worker",
        () -> {
          seen.add("before");
          try {
            process.sleep(Duration.ofSeconds(1));
          } finally {
            seen.add("after");
          }
        });
    world.runFor(Duration.ofMillis(500));
    process.crash();
    world.runFor(Duration.ofSeconds(5));
    assertThat(seen).containsExactly("before");
  }

  @Test
  void aPromiseTimesOutOnVirtualTimeAndStaysOpen() {
    World world = World.of(5);
    SimulatedProcess process = world.process("p");
    Promise<String> promise = process.promise();
    List<String> seen = new ArrayList<>();
    process.start(
        "waiter",
        () -> {
          seen.add(promise.await(Duration.ofSeconds(3)).orElse("nothing"));
          seen.add(promise.await(Duration.ofSeconds(3)).orElse("nothing"));
        });
    world.at(Duration.ofSeconds(4), "settle", () -> promise.complete("something"));
    world.runFor(Duration.ofSeconds(10));
    assertThat(seen).containsExactly("nothing", "something");
  }

  @Test
  void cancellingATaskInterruptsItsSleepAndIsNoFault() {
    World world = World.of(6);
    SimulatedProcess process = world.process("p");
    Task sleeper = process.start("sleeper", () -> process.sleep(Duration.ofDays(1)));
    world.runFor(Duration.ofSeconds(1));
    world.at(Duration.ZERO, "cancel", sleeper::cancel);
    world.runFor(Duration.ofSeconds(1));
    assertThat(sleeper.isDone()).isTrue();
    assertThat(sleeper.failure()).isEmpty();
    assertThat(world.faults()).isEmpty();
  }

  @Test
  void aTaskThatThrowsIsAFault() {
    World world = World.of(8);
    SimulatedProcess process = world.process("p");
    Task task =
        process.start(
            "thrower",
            () -> {
              throw new IllegalStateException("on purpose");
            });
    world.runFor(Duration.ofSeconds(1));
    assertThat(task.failure()).containsInstanceOf(IllegalStateException.class);
    assertThat(world.faults()).singleElement().asString().contains("on purpose");
  }

  @Test
  void aMessageThroughACutIsLost() {
    World world = World.of(9);
    SimulatedProcess from = world.process("from");
    SimulatedProcess to = world.process("to");
    SimulatedNetwork network =
        new SimulatedNetwork(world, Duration.ofMillis(5), Duration.ofMillis(5));
    List<String> arrived = new ArrayList<>();
    network.cut(from, to);
    network.send(from, to, "one", () -> arrived.add("one"));
    network.send(to, from, "two", () -> arrived.add("two"));
    world.runFor(Duration.ofSeconds(1));
    network.heal(from, to);
    network.send(from, to, "three", () -> arrived.add("three"));
    world.runFor(Duration.ofSeconds(1));
    assertThat(arrived).containsExactly("two", "three");
  }

  @Test
  void aForeignThreadIsRefused() throws Exception {
    World world = World.of(10);
    SimulatedProcess process = world.process("p");
    Promise<String> promise = process.promise();
    List<Throwable> thrown = new ArrayList<>();
    Thread foreign =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    promise.complete("x");
                  } catch (IllegalStateException refused) {
                    thrown.add(refused);
                  }
                });
    foreign.join();
    assertThat(thrown).hasSize(1);
    assertThatThrownBy(
            () -> {
              throw thrown.getFirst();
            })
        .hasMessageContaining("does not drive this world");
  }
}
