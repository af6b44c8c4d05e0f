/** Tests of the copies of heartbeats for subscribers. */
@NullMarked
package io.metasrv.application.pubsub;

import org.jspecify.annotations.NullMarked;
