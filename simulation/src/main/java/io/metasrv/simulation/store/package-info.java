/**
 * A shared store with an election, as a process of its own that metasrvs reach over the simulated
 * network: answers come late or never, a write may take effect without its writer learning of it.
 */
@NullMarked
package io.metasrv.simulation.store;

import org.jspecify.annotations.NullMarked;
