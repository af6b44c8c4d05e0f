/** The acceptance cases of sheet 05 and trouble of every kind, in simulated time. */
@NullMarked
package io.metasrv.simulation.procedure;

import org.jspecify.annotations.NullMarked;
