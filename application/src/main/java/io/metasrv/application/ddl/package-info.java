/** Data definition: every change of catalogs, tables, views and flows as a procedure (sheet 06). */
@NullMarked
package io.metasrv.application.ddl;

import org.jspecify.annotations.NullMarked;
