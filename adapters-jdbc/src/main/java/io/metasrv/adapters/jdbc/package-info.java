/**
 * What the adapters of MySQL and PostgreSQL share: the metadata store and the election on two
 * columns of bytes, schema-compatible with the reference. Whatever the databases differ in is a
 * {@link io.metasrv.adapters.jdbc.SqlDialect}. May use the application's ports, options and codecs,
 * JDBI and HikariCP, and no database's driver.
 */
@NullMarked
package io.metasrv.adapters.jdbc;

import org.jspecify.annotations.NullMarked;
