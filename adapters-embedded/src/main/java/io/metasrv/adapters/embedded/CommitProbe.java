package io.metasrv.adapters.embedded;

/**
 * Watches the writer around its one native call; for tests of the order of sync and
 * acknowledgement, and to make a commit fail. Called on the writer's thread. An exception from
 * {@link #beforeSync} or {@link #afterSync} counts as a failure of the commit.
 */
interface CommitProbe {

  /** Sees nothing, does nothing. */
  CommitProbe NONE = new CommitProbe() {};

  /**
   * The group is about to be handed to RocksDB.
   *
   * @param requests how many requests it answers
   */
  default void beforeSync(int requests) {}

  /** RocksDB has returned: the log is synced. None of the group has been acknowledged. */
  default void afterSync() {}

  /** The group's callers are about to be told. */
  default void acknowledging() {}
}
