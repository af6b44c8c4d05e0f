/** Holds the compiled messages and services to the wire table of GreptimeDB v1.1.4. */
@NullMarked
package io.metasrv.protocol;

import org.jspecify.annotations.NullMarked;
