/** CREATE, ALTER and DROP DATABASE (sheet 06 §14). */
@NullMarked
package io.metasrv.application.ddl.database;

import org.jspecify.annotations.NullMarked;
