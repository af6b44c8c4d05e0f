/** Tests of the store's contract: a suite that lets a wrong store pass is worth nothing. */
@NullMarked
package io.metasrv.testkit.store;

import org.jspecify.annotations.NullMarked;
