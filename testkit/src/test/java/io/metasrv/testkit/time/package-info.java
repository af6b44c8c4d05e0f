/** Tests of the test's own time. */
@NullMarked
package io.metasrv.testkit.time;

import org.jspecify.annotations.NullMarked;
