package io.metasrv.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.testkit.server.TcpProxy.Verdict;
import io.metasrv.testkit.store.FaultyCalls.Outcome;
import io.metasrv.testkit.store.FaultyCalls.Write;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The same for stores whose transactions end with a commit of their own on the wire. */
public abstract class DatabaseCutContract extends TransactionCutContract {

  /** The one point that the sweep may miss when a pool tests a connection first. */
  @Test
  void aWriteWhoseCommitIsCutOffIsUnknownAndReadingTells() throws Exception {
    try (StoreFaultFixture fixture = newFixture()) {
      for (Write write : Write.values()) {
        assertThat(cutAtCommit(fixture, write, Verdict.CUT_BEFORE))
            .as("%s whose commit never came to the server was done", write)
            .isFalse();
        boolean done = cutAtCommit(fixture, write, Verdict.CUT_AFTER);
        if (!done) {
          // Now that it is known, the caller may repeat it.
          write.run(fixture.store());
        }
        assertThat(write.isDone(fixture.direct())).as("%s in the end", write).isTrue();
      }
    }
  }

  /** Whether it took effect, which its caller was not told. */
  private static boolean cutAtCommit(StoreFaultFixture fixture, Write write, Verdict cut)
      throws InterruptedException {
    awaitWorking(fixture);
    write.prepare(fixture.direct());
    AtomicBoolean hit = new AtomicBoolean();
    fixture
        .proxy()
        .intercept(
            data ->
                DatabaseFaults.isCommit(data) && hit.compareAndSet(false, true)
                    ? cut
                    : Verdict.PASS);

    Outcome outcome = new FaultyCalls(fixture, LONGEST).start(write).outcome();

    fixture.proxy().restore();
    assertThat(hit).as("the commit of %s was seen", write).isTrue();
    assertThat(outcome).as("%s with %s at its commit", write, cut).isEqualTo(Outcome.UNKNOWN);
    return resolved(fixture, write);
  }
}
