/**
 * DROP TABLE: metadata move to tombstones first, regions go next, tombstones last (sheet 06 §12).
 */
@NullMarked
package io.metasrv.application.ddl.droptable;

import org.jspecify.annotations.NullMarked;
