/**
 * Three metasrvs that share a store, crashed, paused, suspended and cut off at random: is there
 * ever more than one that acts as leader?
 */
@NullMarked
package io.metasrv.simulation.election;

import org.jspecify.annotations.NullMarked;
