/** Procedures as operators see them. */
@NullMarked
package io.metasrv.application.procedure.view;

import org.jspecify.annotations.NullMarked;
