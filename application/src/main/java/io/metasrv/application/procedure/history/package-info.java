/**
 * What finished procedures leave for operators and for later leaders, under keys of our own that no
 * scan of the original touches.
 */
@NullMarked
package io.metasrv.application.procedure.history;

import org.jspecify.annotations.NullMarked;
