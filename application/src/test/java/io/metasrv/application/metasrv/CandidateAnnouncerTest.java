package io.metasrv.application.metasrv;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metrics.NoMetrics;
import io.metasrv.application.port.Candidate;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.application.support.ScriptedElection;
import io.metasrv.application.support.WatchedEvents;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CandidateAnnouncerTest {

  private final ScriptedElection election = new ScriptedElection(new InMemoryStore());
  private final AtomicLong memoryInUse = new AtomicLong();
  private final CandidateAnnouncer announcer =
      new CandidateAnnouncer(
          election,
          "a:1",
          () ->
              new Candidate("a:1", "1", "c", 0, 1000, 1000, 0, memoryInUse.incrementAndGet(), "h"),
          new VirtualThreadRuntime(),
          new NoMetrics(),
          new WatchedEvents());

  @AfterEach
  void stop() throws InterruptedException {
    announcer.stop();
  }

  @Test
  void givenARunningNodeThenItAnnouncesItselfAgainWithFreshNumbers() throws Exception {
    announcer.start();
    announcer.start();

    Candidate first = announced();
    Candidate second = announced();

    assertThat(second.memoryUsageBytes()).isEqualTo(first.memoryUsageBytes() + 1);
  }

  @Test
  void givenAFailedAnnouncementThenItIsRepeated() throws Exception {
    election.failNextAnnouncements(2);

    announcer.start();

    assertThat(announced().address()).isEqualTo("a:1");
    assertThat(election.count("announce")).isGreaterThanOrEqualTo(3);
  }

  @Test
  void givenAStoppedNodeThenItsAnnouncementIsTakenBack() throws Exception {
    announcer.start();
    announced();

    announcer.stop();
    announcer.stop();

    assertThat(election.candidates()).isEmpty();
    assertThat(election.count("withdraw")).isEqualTo(1);
  }

  private Candidate announced() throws InterruptedException {
    Candidate candidate = election.announced.poll(20, TimeUnit.SECONDS);
    assertThat(candidate).describedAs("an announcement").isNotNull();
    return Objects.requireNonNull(candidate);
  }
}
