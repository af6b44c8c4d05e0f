/** Values of columns: what defaults are made of (sheet 03 §5.6, sheet 06 §10.2). */
@NullMarked
package io.metasrv.domain.table.value;

import org.jspecify.annotations.NullMarked;
