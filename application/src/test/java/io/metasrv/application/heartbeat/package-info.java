/** Tests of heartbeat sessions and handlers, named after the cases of sheets 01 and 04. */
@NullMarked
package io.metasrv.application.heartbeat;

import org.jspecify.annotations.NullMarked;
