/** Locks of procedures, in the leader's memory for one term (sheet 05 §11). */
@NullMarked
package io.metasrv.application.procedure.lock;

import org.jspecify.annotations.NullMarked;
