package io.metasrv.simulation.cluster;

import io.metasrv.simulation.kernel.SimulatedNetwork;
import io.metasrv.simulation.kernel.World;
import io.metasrv.simulation.store.SimulatedStoreServer;

/**
 * Where a cluster stands.
 *
 * @param world its time and chance
 * @param network between all its processes
 * @param store shared by its metasrvs
 */
public record Site(World world, SimulatedNetwork network, SimulatedStoreServer store) {}
