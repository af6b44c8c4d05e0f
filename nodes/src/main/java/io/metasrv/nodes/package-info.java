/**
 * How a datanode, a flownode and a frontend behave towards a metasrv, as state machines without
 * thread, clock or I/O: events and the time go in, actions come out. The simulator and the doubles
 * drive the same classes. Nothing here is thread-safe: one node belongs to one task at a time.
 */
@NullMarked
package io.metasrv.nodes;

import org.jspecify.annotations.NullMarked;
