/** CREATE and DROP FLOW (sheet 06 §16). */
@NullMarked
package io.metasrv.application.ddl.flow;

import org.jspecify.annotations.NullMarked;
