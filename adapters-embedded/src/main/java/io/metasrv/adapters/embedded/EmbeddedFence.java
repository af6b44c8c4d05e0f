package io.metasrv.adapters.embedded;

import io.metasrv.application.port.Fence;

/**
 * A term of leadership over one open embedded store.
 *
 * @param terms the terms of the store that issued it; compared by identity
 * @param number counts the terms of the directory from 1, across restarts
 * @param holder address of the node
 */
record EmbeddedFence(Terms terms, long number, String holder) implements Fence {

  @Override
  public String describe() {
    return "term " + number + " of " + holder + " on the embedded store";
  }
}
