/** The server object: its life as follower and leader, its terms, its one wiring. */
@NullMarked
package io.metasrv.application.metasrv;

import org.jspecify.annotations.NullMarked;
