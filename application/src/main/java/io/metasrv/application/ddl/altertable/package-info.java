/** ALTER TABLE of tables with regions of their own, as a procedure (sheet 06 §9). */
@NullMarked
package io.metasrv.application.ddl.altertable;

import org.jspecify.annotations.NullMarked;
