package io.metasrv.testkit.election;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * The contract of {@link io.metasrv.application.port.Election} on a shared backend, as tests. A
 * backend is held to it by a subclass of a few lines that makes an {@link ElectionFixture}:
 *
 * <pre>{@code
 * final class EtcdElectionContractTest extends ElectionContract {
 *   @Override
 *   protected ElectionFixture newFixture() {
 *     return new EtcdElectionFixture(server);
 *   }
 * }
 * }</pre>
 *
 * <p>{@link #newFixture} is called once before each test and must give a backend without keys,
 * leader or candidates; it is closed after the test. On a backend with real time the suite takes a
 * few lease durations; a short lease (not below a second) makes it quick, one of the backend's
 * usual length makes it true to life.
 */
@Timeout(180)
public abstract class ElectionContract implements LeadershipCases, CandidateCases {

  private @Nullable ElectionFixture fixture;

  /** Makes a backend without leader and candidates for the next test. */
  protected abstract ElectionFixture newFixture() throws Exception;

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
}
