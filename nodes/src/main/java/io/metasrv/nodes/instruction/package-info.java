/**
 * What a metasrv asks of a node over the heartbeat stream, and what the node answers (sheet 04 §6,
 * §7): values, a reader of instructions and a writer of replies. The node's side of the wire form,
 * written independently of the server's.
 */
@NullMarked
package io.metasrv.nodes.instruction;

import org.jspecify.annotations.NullMarked;
