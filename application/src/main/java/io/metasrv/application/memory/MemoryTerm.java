package io.metasrv.application.memory;

import io.metasrv.application.port.Fence;

/**
 * A term of leadership over one in-memory store.
 *
 * @param store the content the term is about; compared by identity
 * @param number counts the terms of that store from 1
 * @param holder address of the node
 */
record MemoryTerm(MemoryContent store, long number, String holder) implements Fence {

  @Override
  public String describe() {
    return "term " + number + " of " + holder + " in memory";
  }
}
