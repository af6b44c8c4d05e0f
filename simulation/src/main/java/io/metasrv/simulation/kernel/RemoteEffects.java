package io.metasrv.simulation.kernel;

/**
 * Stands around everything a process does that others can notice: a write to the store, a call to a
 * node. What the simulated peers call it with is named, so that a run can be told where it was cut
 * short; see {@link CrashPoints}.
 */
public interface RemoteEffects {

  /** Does nothing but what it stands around. */
  RemoteEffects UNSEEN =
      new RemoteEffects() {
        @Override
        public <T, X extends Exception> T around(String name, Effect<T, X> effect) throws X {
          return effect.run();
        }
      };

  /**
   * Lets the effect happen, and returns or throws what it does.
   *
   * @param name for people; equal in every run of a seed
   */
  <T, X extends Exception> T around(String name, Effect<T, X> effect) throws X;

  /** Something others can notice, from its beginning to the answer. */
  @FunctionalInterface
  interface Effect<T, X extends Exception> {
    /** Makes it happen and waits for the answer. */
    T run() throws X;
  }
}
