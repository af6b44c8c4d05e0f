/**
 * The keys of the store and of the leader's memory, each as a value that prints itself and is read
 * back. One class a key, so that its format stands in one place.
 */
@NullMarked
package io.metasrv.domain.key;

import org.jspecify.annotations.NullMarked;
