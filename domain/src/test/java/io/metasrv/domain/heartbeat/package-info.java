/** Tests of the rules of this package. */
@NullMarked
package io.metasrv.domain.heartbeat;

import org.jspecify.annotations.NullMarked;
