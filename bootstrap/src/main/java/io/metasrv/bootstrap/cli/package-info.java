/** The command line {@code metasrv}: what it understands, and what its exit codes mean. */
@NullMarked
package io.metasrv.bootstrap.cli;

import org.jspecify.annotations.NullMarked;
