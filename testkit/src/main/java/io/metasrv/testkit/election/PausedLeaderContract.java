package io.metasrv.testkit.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.LeaderLease.Renewal;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.domain.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A leader in a process of its own is stopped (SIGSTOP) for longer than its lease and wakes up: it
 * must not believe to lead, and nothing of what it still writes may take effect. A backend is held
 * to it by a subclass that names a program which calls {@link LeaderProgram#run}.
 */
@Timeout(180)
public abstract class PausedLeaderContract implements ElectionCases {

  private @Nullable ElectionFixture fixture;

  /** Makes a backend without leader and candidates. */
  protected abstract ElectionFixture newFixture() throws Exception;

  /** Main class and arguments of a leader on the fixture's backend. */
  protected abstract List<String> leaderProgram();

  /** The fixture of the running test. */
  @Override
  public final ElectionFixture fixture() {
    ElectionFixture open = fixture;
    if (open == null) {
      throw new IllegalStateException("no test is running");
    }
    return open;
  }

  @BeforeEach
  final void openFixture() throws Exception {
    fixture = newFixture();
  }

  @AfterEach
  final void closeFixture() throws Exception {
    ElectionFixture open = fixture;
    fixture = null;
    if (open != null) {
      open.close();
    }
  }

  @Test
  @DisplayName(
      "sheet 02 case 26: a leader stopped for longer than its lease wakes up, does not believe to"
          + " lead, and its next write is refused")
  void whatAPausedLeaderWritesWhenItWakesIsRefused() throws Exception {
    try (LeaderProcess leader = LeaderProcess.start(leaderProgram())) {
      assertThat(leader.ask("leads")).isEqualTo("yes");
      assertThat(leader.ask("write in time")).isEqualTo("done");
      leader.pause();
      LeaderLease next = campaign(fixture().join(), "b:3002").won().lease();
      assertThat(next.renew()).isEqualTo(Renewal.RENEWED);
      assertThat(mayWrite(next.fence(), "by b")).isTrue();
      // All of it waits in the pipe, to be carried out in its first moments.
      List.of("leads", "write too late", "leads", "write and again").forEach(leader::send);

      leader.resume();

      assertThat(leader.answer()).as("believes to lead").isEqualTo("no");
      assertThat(leader.answer()).isEqualTo("refused FencedOut");
      assertThat(leader.answer()).as("believes to lead").isEqualTo("no");
      assertThat(leader.answer()).isEqualTo("refused FencedOut");
      assertThat(fixture().store().get(KEY)).contains(Bytes.utf8("by b"));
      assertThat(next.renew()).isEqualTo(Renewal.RENEWED);
    }
  }

  @Test
  void aLeaderPausedWhileItWritesHoldsNobodyOffAndLandsNothingWhenItWakes() throws Exception {
    try (LeaderProcess leader = LeaderProcess.start(leaderProgram())) {
      assertThat(leader.ask("busy")).isEqualTo("busy");
      fixture().elapse(fixture().join().renewalInterval());
      leader.pause();
      LeaderLease next = campaign(fixture().join(), "b:3002").won().lease();
      assertThat(next.renew()).isEqualTo(Renewal.RENEWED);
      List<KeyValue> before = busyKeys();

      leader.resume();

      assertThat(leader.ask("rest")).isEqualTo("all refused");
      assertThat(before).isNotEmpty();
      assertThat(busyKeys()).isEqualTo(before);
    }
  }

  private List<KeyValue> busyKeys() {
    return fixture().store().range(KeyRange.prefix(LeaderProgram.BUSY), RangeOptions.ALL).kvs();
  }
}
