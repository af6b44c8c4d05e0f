/**
 * Values that every part of the control plane shares: byte strings and the ids of tables, regions
 * and nodes. Pure Java; no thread, no clock, no I/O.
 */
@NullMarked
package io.metasrv.domain;

import org.jspecify.annotations.NullMarked;
