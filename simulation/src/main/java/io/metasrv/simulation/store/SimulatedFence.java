package io.metasrv.simulation.store;

import io.metasrv.application.port.Fence;

/**
 * The number of a term on the simulated store; every term has a higher one than those before.
 *
 * @param term counts from 1
 * @param holder address of the node that won it
 */
public record SimulatedFence(long term, String holder) implements Fence {
  @Override
  public String describe() {
    return "simulated term " + term + " of " + holder;
  }
}
