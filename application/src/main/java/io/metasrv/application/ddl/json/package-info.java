/** JSON inside the stored state of procedures (sheet 05 §22). */
@NullMarked
package io.metasrv.application.ddl.json;

import org.jspecify.annotations.NullMarked;
