/** COMMENT ON a table, a column or a flow (sheet 06 §17). */
@NullMarked
package io.metasrv.application.ddl.comment;

import org.jspecify.annotations.NullMarked;
