/** Time that belongs to a test. */
@NullMarked
package io.metasrv.testkit.time;

import org.jspecify.annotations.NullMarked;
