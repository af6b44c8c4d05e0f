/**
 * The JSON of what heartbeats bring and of what the leader remembers of it: the values behind the
 * in-memory keys that clients read raw through service Cluster (sheet 04 §10), node addresses, and
 * the extensions of requests. Codecs only; nothing here keeps state beyond one call.
 */
@NullMarked
package io.metasrv.application.heartbeat.codec;

import org.jspecify.annotations.NullMarked;
