/**
 * Heartbeats: one session a stream, one chain of handlers a request (one class a handler, their
 * order in {@link io.metasrv.application.heartbeat.DefaultChain}), and what the leader remembers of
 * nodes for the length of one term ({@link io.metasrv.application.heartbeat.HeartbeatTerm}).
 */
@NullMarked
package io.metasrv.application.heartbeat;

import org.jspecify.annotations.NullMarked;
