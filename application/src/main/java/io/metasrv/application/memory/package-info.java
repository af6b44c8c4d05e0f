/**
 * The metadata store that lives in the memory of one process, and an election among participants
 * that share such a store. Used as the backend {@code memory_store}, for what the leader keeps only
 * while it leads, and by tests and the simulator. Nothing here survives the process.
 */
@NullMarked
package io.metasrv.application.memory;

import org.jspecify.annotations.NullMarked;
