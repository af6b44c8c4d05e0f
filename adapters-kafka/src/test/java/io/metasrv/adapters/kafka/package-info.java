/** Against a real broker, run from Kafka's own artifact as a child process. */
@NullMarked
package io.metasrv.adapters.kafka;

import org.jspecify.annotations.NullMarked;
