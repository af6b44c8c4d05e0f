/** ALTER TABLE of logical tables, as a procedure (sheet 06 §11). */
@NullMarked
package io.metasrv.application.ddl.alterlogical;

import org.jspecify.annotations.NullMarked;
