/** Statements of data definition under crashes, lost messages and unreachable nodes. */
@NullMarked
package io.metasrv.simulation.ddl;

import org.jspecify.annotations.NullMarked;
