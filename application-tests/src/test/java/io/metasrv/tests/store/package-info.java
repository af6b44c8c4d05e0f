/** The in-memory store, its elections and the wrappers of stores, held to the contracts. */
@NullMarked
package io.metasrv.tests.store;

import org.jspecify.annotations.NullMarked;
