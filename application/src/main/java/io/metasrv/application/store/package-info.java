/**
 * What stands between the application and a metadata store, the same for every backend: checks of
 * requests, the chroot, paging, sequences, the leader's cache, the fenced store of a term, and the
 * election of a process that has its store to itself. Uses the ports only.
 */
@NullMarked
package io.metasrv.application.store;

import org.jspecify.annotations.NullMarked;
