/**
 * Copies of datanode heartbeats for whoever subscribes within the process (sheet 04 §18). Each
 * subscriber has a bounded queue and a task of its own, so that a slow one delays no heartbeat.
 */
@NullMarked
package io.metasrv.application.pubsub;

import org.jspecify.annotations.NullMarked;
