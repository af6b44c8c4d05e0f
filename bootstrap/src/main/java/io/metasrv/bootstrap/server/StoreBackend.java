package io.metasrv.bootstrap.server;

import io.metasrv.application.port.Election;
import io.metasrv.application.port.KeyValueStore;

/**
 * A store and the election on it.
 *
 * @param store as the backend offers it, without a chroot
 * @param election its keys carry the prefix already
 * @param shared whether other metasrvs can use the store, too
 */
record StoreBackend(KeyValueStore store, Election election, boolean shared) {}
