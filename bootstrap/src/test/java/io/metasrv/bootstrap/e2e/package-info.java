/** The whole server as processes of their own, seen from outside: as clients and operators do. */
@NullMarked
package io.metasrv.bootstrap.e2e;

import org.jspecify.annotations.NullMarked;
