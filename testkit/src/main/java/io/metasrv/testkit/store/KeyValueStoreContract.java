package io.metasrv.testkit.store;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * The contract of {@link io.metasrv.application.port.KeyValueStore}, as tests. A backend is held to
 * it by a subclass of a few lines:
 *
 * <pre>{@code
 * final class InMemoryStoreContractTest extends KeyValueStoreContract {
 *   @Override
 *   protected StoreFixture newFixture() {
 *     return StoreFixture.local(new InMemoryStore(), () -> {});
 *   }
 * }
 * }</pre>
 *
 * <p>{@link #newFixture} is called once before each test and must give an <em>empty</em> store; it
 * is closed after the test. What is expensive (a server process) is started once, in a {@code
 * static} {@code @BeforeAll} of the subclass, and each fixture uses a fresh database, directory or
 * key prefix on it, or clears it.
 */
@Timeout(120)
public abstract class KeyValueStoreContract
    implements ReadCases,
        WriteCases,
        RefusalCases,
        ConditionCases,
        FencedViewCases,
        ConcurrencyCases,
        InterruptionCases,
        ModelCases,
        LargeContentCases {

  private @Nullable StoreFixture fixture;

  /** Makes an empty store for the next test. */
  protected abstract StoreFixture newFixture() throws Exception;

  /** The fixture of the running test. */
  @Override
  public final StoreFixture fixture() {
    StoreFixture open = fixture;
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
    StoreFixture open = fixture;
    fixture = null;
    if (open != null) {
      open.close();
    }
  }
}
