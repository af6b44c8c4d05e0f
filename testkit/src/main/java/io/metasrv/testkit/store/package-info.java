/**
 * The contract of the metadata store as a test suite. {@link
 * io.metasrv.testkit.store.KeyValueStoreContract} holds every backend to the port's Javadoc; a
 * backend's own test is a subclass with a {@link io.metasrv.testkit.store.StoreFixture}.
 */
@NullMarked
package io.metasrv.testkit.store;

import org.jspecify.annotations.NullMarked;
