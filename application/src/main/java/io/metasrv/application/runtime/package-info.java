/**
 * The production {@link io.metasrv.application.port.Runtime}: virtual threads and the machine's
 * clocks. The only package of the application that may touch threads, clocks and timed waits.
 */
@NullMarked
package io.metasrv.application.runtime;

import org.jspecify.annotations.NullMarked;
