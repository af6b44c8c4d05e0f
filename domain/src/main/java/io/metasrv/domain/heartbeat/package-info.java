/**
 * What nodes say of themselves in heartbeats and what the leader remembers of it, as plain values,
 * and the rules that need nothing but such values: who counts as alive, which statistics are kept.
 * Pure Java; no clock, no JSON, no protocol message.
 */
@NullMarked
package io.metasrv.domain.heartbeat;

import org.jspecify.annotations.NullMarked;
