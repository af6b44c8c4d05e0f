/**
 * Outgoing adapter: the metadata store and the election on PostgreSQL 14 or later, over pgjdbc.
 * What is not particular to it is in {@code adapters-jdbc}. May use that, the application's ports
 * and options, and never another adapter.
 */
@NullMarked
package io.metasrv.adapters.postgres;

import org.jspecify.annotations.NullMarked;
