/**
 * Outgoing adapter: the metadata store and the election on MySQL and MariaDB, over Connector/J.
 * What is not particular to them is in {@code adapters-jdbc}. May use that, the application's ports
 * and options, and never another adapter.
 */
@NullMarked
package io.metasrv.adapters.mysql;

import org.jspecify.annotations.NullMarked;
