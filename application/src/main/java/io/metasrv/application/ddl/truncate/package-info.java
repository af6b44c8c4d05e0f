/** TRUNCATE TABLE: rows go, the table stays (sheet 06 §13). */
@NullMarked
package io.metasrv.application.ddl.truncate;

import org.jspecify.annotations.NullMarked;
