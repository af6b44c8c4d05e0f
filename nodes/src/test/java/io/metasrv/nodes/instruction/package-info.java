/** Tests of the node's side of the mailbox. */
@NullMarked
package io.metasrv.nodes.instruction;

import org.jspecify.annotations.NullMarked;
