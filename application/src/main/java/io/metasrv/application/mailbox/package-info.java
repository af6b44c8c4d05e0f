/**
 * Messages from the leader to connected nodes and their replies, over the heartbeat streams of one
 * term (sheet 04 §5). Nothing is queued for absent nodes, repeated or kept: callers that need more
 * send again.
 */
@NullMarked
package io.metasrv.application.mailbox;

import org.jspecify.annotations.NullMarked;
