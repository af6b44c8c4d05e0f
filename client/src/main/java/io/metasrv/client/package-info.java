/**
 * The Java client of a metasrv cluster (sheet 01 §13): leader discovery, calls to the leader with
 * the reference's retry rule, reads of the store, cluster information, heartbeat streams. Blocking;
 * meant to be called from virtual threads.
 */
@NullMarked
package io.metasrv.client;

import org.jspecify.annotations.NullMarked;
