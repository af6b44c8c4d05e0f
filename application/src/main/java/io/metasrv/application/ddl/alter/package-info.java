/** What requests to alter tables mean, and what regions are asked for them (sheet 06 §9, §10). */
@NullMarked
package io.metasrv.application.ddl.alter;

import org.jspecify.annotations.NullMarked;
