/**
 * A cluster in one world: whole metasrvs as {@code MetasrvAssembly} makes them, datanodes that
 * behave as real ones do, and the heartbeat streams between them. Scenarios are written on top.
 */
@NullMarked
package io.metasrv.simulation.cluster;

import org.jspecify.annotations.NullMarked;
