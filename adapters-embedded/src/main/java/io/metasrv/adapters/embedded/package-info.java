/**
 * The durable store of a metasrv that runs alone: RocksDB in the server's own process, one writer
 * thread that commits groups, every acknowledged write synced before it is acknowledged (sheet 02
 * §27). Uses the ports, RocksDB and the logging facade; may use threads of its own, because native
 * calls would hold the carriers of virtual threads.
 */
@NullMarked
package io.metasrv.adapters.embedded;

import org.jspecify.annotations.NullMarked;
