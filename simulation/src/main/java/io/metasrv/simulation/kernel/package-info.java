/**
 * A world under one seed: tasks on virtual threads that one platform thread runs one at a time, a
 * clock that jumps, a network that delays and loses. The same seed gives the same run, in every
 * JVM.
 */
@NullMarked
package io.metasrv.simulation.kernel;

import org.jspecify.annotations.NullMarked;
