package io.metasrv.application.metasrv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.support.JumpingRuntime;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.leadership.LeaseWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TermTest {

  private static final Duration LEASE = Duration.ofSeconds(100);

  private final JumpingRuntime runtime = new JumpingRuntime();
  private final Term term = new Term(1, "a:1", () -> "fence", window(), runtime);

  @Test
  void givenAnOpenWindowThenTheTermIsHeldAndChecksPass() {
    assertThat(term.isHeld()).isTrue();
    term.check();
    assertThat(term.endReason()).isNull();
  }

  @Test
  void givenAWindowThatHasClosedThenTheTermIsOverForGood() {
    runtime.pauseFor(LEASE);

    assertThat(term.isHeld()).isFalse();
    assertThatThrownBy(term::check).isInstanceOf(NotLeaderException.class);
    assertThat(term.renewed(window())).isFalse();
    assertThat(term.isHeld()).isFalse();
  }

  @Test
  void givenARenewalInTimeThenTheTermGoesOn() {
    runtime.pauseFor(Duration.ofSeconds(80));
    assertThat(term.renewed(window())).isTrue();
    runtime.pauseFor(Duration.ofSeconds(80));

    assertThat(term.isHeld()).isTrue();
  }

  @Test
  void givenListenersThenEachHearsOfTheEndOnceAndLatecomersAtOnce() {
    List<String> heard = new ArrayList<>();
    term.onEnd(() -> heard.add("first"));
    term.onEnd(() -> heard.add("second"));
    term.onEnd(() -> heard.add("gone")).run();

    term.end("a reason");
    term.end("another");
    term.onEnd(() -> heard.add("late"));

    assertThat(heard).containsExactly("first", "second", "late");
    assertThat(term.endReason()).isEqualTo("a reason");
  }

  private LeaseWindow window() {
    return LeaseWindow.opened(runtime.monotonic(), runtime.wallClock(), LEASE);
  }
}
