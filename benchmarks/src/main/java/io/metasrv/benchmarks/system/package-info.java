/** Measurements of a whole server in a process of its own. */
@NullMarked
package io.metasrv.benchmarks.system;

import org.jspecify.annotations.NullMarked;
