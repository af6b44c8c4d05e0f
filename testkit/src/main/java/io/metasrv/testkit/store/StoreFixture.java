package io.metasrv.testkit.store;

import io.metasrv.application.port.Election;
import io.metasrv.application.port.Fence;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.store.LocalElection;
import io.metasrv.application.store.TermSource;

/**
 * An empty store for one test, and a way to begin and end terms of leadership on it.
 *
 * <p>Make one with {@link #local} for a store that issues fences itself, or {@link #elected} for a
 * store with an election beside it.
 */
public interface StoreFixture extends AutoCloseable {

  /** The store under test; empty when the fixture is made; the same object each time. */
  KeyValueStore store();

  /**
   * Begins a term. A term this fixture began before is over by the time this returns: its fence is
   * refused from now on.
   *
   * @param holder made-up address of the node
   */
  Fence beginTerm(String holder) throws InterruptedException;

  /** Ends the current term, if there is one, without beginning another. */
  void endTerm();

  /** Releases everything; the store is not used afterwards. */
  @Override
  void close() throws Exception;

  /** A fixture over a store that numbers terms itself. */
  static <S extends KeyValueStore & TermSource> StoreFixture local(S store, AutoCloseable cleanUp) {
    return elected(store, new LocalElection(store), cleanUp);
  }

  /**
   * A fixture whose terms are won in an election on the same backend. The lease is renewed once per
   * term, so that a test has the election's lease duration to make its point.
   */
  static StoreFixture elected(KeyValueStore store, Election election, AutoCloseable cleanUp) {
    return new ElectedStoreFixture(store, election, cleanUp);
  }
}
