/** What each kind of ALTER TABLE asks for and makes of a table's info (sheet 06 §10). */
@NullMarked
package io.metasrv.domain.table.alter;

import org.jspecify.annotations.NullMarked;
