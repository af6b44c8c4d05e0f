/**
 * Carries the content of a store elsewhere, byte for byte: to another store, to a file, and back
 * (issue C, "Move between backends"). Pure on the store's port; files and command lines are the
 * caller's. Nothing here is used while a metasrv serves.
 */
@NullMarked
package io.metasrv.application.transfer;

import org.jspecify.annotations.NullMarked;
