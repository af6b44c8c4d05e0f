/**
 * What can go wrong, as one sealed hierarchy. Every exception carries the status code that clients
 * of the wire expect and says whether trying again can help; adapters translate it in one place
 * each.
 */
@NullMarked
package io.metasrv.domain.error;

import org.jspecify.annotations.NullMarked;
