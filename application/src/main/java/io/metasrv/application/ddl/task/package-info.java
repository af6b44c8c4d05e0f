/** What clients ask for, as it comes from the wire (sheet 06 §1, §2). */
@NullMarked
package io.metasrv.application.ddl.task;

import org.jspecify.annotations.NullMarked;
