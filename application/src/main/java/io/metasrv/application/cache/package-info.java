/**
 * Tells nodes to forget what they cached of changed metadata (sheet 04 §19). There is no
 * acknowledgement; nodes that are not connected rely on their caches' own expiry.
 */
@NullMarked
package io.metasrv.application.cache;

import org.jspecify.annotations.NullMarked;
