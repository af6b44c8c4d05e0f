package io.metasrv.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {

  private final Lifecycle lifecycle = new Lifecycle();
  private final List<String> closed = new ArrayList<>();

  @Test
  void thingsCloseInReverseOrderAndOnce() {
    lifecycle.add("store", () -> closed.add("store"));
    lifecycle.add("port", () -> closed.add("port"));
    lifecycle.closeAll();
    lifecycle.closeAll();
    assertThat(closed).containsExactly("port", "store");
  }

  @Test
  void oneThatFailsDoesNotKeepTheOthersOpen() {
    lifecycle.add("store", () -> closed.add("store"));
    lifecycle.add(
        "port",
        () -> {
          throw new IOException("stuck");
        });
    lifecycle.closeAll();
    assertThat(closed).containsExactly("store");
  }

  @Test
  void anInterruptIsKeptForTheCallerAndNothingStaysOpen() {
    lifecycle.add("store", () -> closed.add("store"));
    lifecycle.add(
        "port",
        () -> {
          throw new InterruptedException();
        });
    lifecycle.closeAll();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(closed).containsExactly("store");
  }
}
