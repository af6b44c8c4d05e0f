/** Tests of the PostgreSQL adapter against real servers: contracts, faults, TLS, election. */
@NullMarked
package io.metasrv.adapters.postgres;

import org.jspecify.annotations.NullMarked;
