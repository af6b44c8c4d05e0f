/** Tests of a node's life as follower and leader. */
@NullMarked
package io.metasrv.application.metasrv;

import org.jspecify.annotations.NullMarked;
