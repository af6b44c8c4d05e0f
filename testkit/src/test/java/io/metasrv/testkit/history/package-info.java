/** Tests of the checker of concurrent histories. */
@NullMarked
package io.metasrv.testkit.history;

import org.jspecify.annotations.NullMarked;
