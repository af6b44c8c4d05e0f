/** Tests of the nodes that regions and flows get. */
@NullMarked
package io.metasrv.application.peer;

import org.jspecify.annotations.NullMarked;
