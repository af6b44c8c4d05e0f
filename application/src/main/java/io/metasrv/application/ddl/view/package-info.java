/** CREATE and DROP VIEW (sheet 06 §15). */
@NullMarked
package io.metasrv.application.ddl.view;

import org.jspecify.annotations.NullMarked;
