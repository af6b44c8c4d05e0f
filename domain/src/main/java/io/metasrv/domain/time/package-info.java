/** Points in time that decisions take as arguments. Nothing here reads a clock. */
@NullMarked
package io.metasrv.domain.time;

import org.jspecify.annotations.NullMarked;
