/** Tests of what the SQL adapters share, as far as it needs no server. */
@NullMarked
package io.metasrv.adapters.jdbc;

import org.jspecify.annotations.NullMarked;
