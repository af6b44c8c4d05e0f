/** Tests of the JSON of heartbeats and of the leader's memory. */
@NullMarked
package io.metasrv.application.heartbeat.codec;

import org.jspecify.annotations.NullMarked;
