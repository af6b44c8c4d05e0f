package io.metasrv.simulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldProcessTest {

  @Test
  void whatWaitedForAHeldProcessWaitsAgainOrDiesWithIt() {
    for (boolean crash : List.of(true, false)) {
      World world = World.of(5);
      SimulatedProcess process = world.process("held");
      List<Integer> ran = new ArrayList<>();
      process.pause();
      for (int i = 0; i < 10; i++) {
        int number = i;
        process.post(
            "waits",
            () -> {
              ran.add(number);
              if (crash) {
                process.crash();
              } else {
                process.pause();
              }
            });
      }
      process.resume();
      world.runFor(Duration.ofSeconds(1));
      assertThat(ran).hasSize(1);
    }
  }
}
