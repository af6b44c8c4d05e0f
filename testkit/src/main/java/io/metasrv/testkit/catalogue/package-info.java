/** Assertions about what the metadata store holds. */
@NullMarked
package io.metasrv.testkit.catalogue;

import org.jspecify.annotations.NullMarked;
