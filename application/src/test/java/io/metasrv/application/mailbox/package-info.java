/** Tests of messages to nodes and their replies. */
@NullMarked
package io.metasrv.application.mailbox;

import org.jspecify.annotations.NullMarked;
