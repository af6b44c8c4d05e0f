/**
 * What procedures leave in the store while they run: records of steps and poisons, in the
 * original's keys and form (sheet 05 §12–14).
 */
@NullMarked
package io.metasrv.application.procedure.journal;

import org.jspecify.annotations.NullMarked;
