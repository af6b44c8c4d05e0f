package io.metasrv.application.store;

import io.metasrv.application.metasrv.TermComponent;
import io.metasrv.application.port.KeyValueStore;

/**
 * Fills the leader's cache when a term begins. Not required: without it the leader reads the store,
 * slower and just as right (sheet 02 case 29).
 */
public final class LeaderCacheLoad implements TermComponent {

  private final KeyValueStore store;

  /**
   * @param store the term's store; nothing is loaded if it has no cache
   */
  public LeaderCacheLoad(KeyValueStore store) {
    this.store = store;
  }

  @Override
  public String name() {
    return "leader cache";
  }

  @Override
  public void start() {
    if (store instanceof LeaderCache cache) {
      cache.load();
    }
  }

  /** The cache goes away with the term. */
  @Override
  public void stop() {}

  @Override
  public boolean required() {
    return false;
  }
}
