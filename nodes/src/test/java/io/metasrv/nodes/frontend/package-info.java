/** Requests of frontends against what the reference's frontends sent. */
@NullMarked
package io.metasrv.nodes.frontend;

import org.jspecify.annotations.NullMarked;
