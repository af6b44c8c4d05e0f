/**
 * Stored values as JSON and back (sheet 03 §3, §5), by hand: members in the reference's order,
 * defaults and older forms on read, and members that are not known kept.
 */
@NullMarked
package io.metasrv.application.metadata.codec;

import org.jspecify.annotations.NullMarked;
