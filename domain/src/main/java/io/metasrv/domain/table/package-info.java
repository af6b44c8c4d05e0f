/**
 * What is known of a table, a view and a schema, and the rules on it (sheet 03 §3, §5). Stored
 * values are records; each carries the members of its JSON that it does not know.
 */
@NullMarked
package io.metasrv.domain.table;

import org.jspecify.annotations.NullMarked;
