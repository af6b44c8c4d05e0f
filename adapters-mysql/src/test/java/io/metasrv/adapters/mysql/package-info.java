/** Tests of the MySQL adapter against real servers: contracts, faults, TLS, election. */
@NullMarked
package io.metasrv.adapters.mysql;

import org.jspecify.annotations.NullMarked;
