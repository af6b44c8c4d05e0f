/**
 * Which nodes new regions and flows get: brings together who is alive, a rule of placement and a
 * source of chance (sheet 04 §17.5).
 */
@NullMarked
package io.metasrv.application.peer;

import org.jspecify.annotations.NullMarked;
