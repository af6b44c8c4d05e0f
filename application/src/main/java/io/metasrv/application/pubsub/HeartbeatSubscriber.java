package io.metasrv.application.pubsub;

import io.metasrv.protocol.v1.meta.HeartbeatRequest;

/** Takes heartbeats, one after the other, on a task of its own. */
@FunctionalInterface
public interface HeartbeatSubscriber {

  /** Takes one heartbeat; an exception ends the subscription. */
  void take(HeartbeatRequest heartbeat) throws InterruptedException;
}
