/**
 * The remote write-ahead log over Kafka's own clients (sheet 08 §7): topics are made, looked at and
 * cut off here. Nothing connects before the first call.
 */
@NullMarked
package io.metasrv.adapters.kafka;

import org.jspecify.annotations.NullMarked;
