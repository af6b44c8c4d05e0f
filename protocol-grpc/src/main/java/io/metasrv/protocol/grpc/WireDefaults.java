package io.metasrv.protocol.grpc;

import java.time.Duration;

/** Limits and intervals both sides of the wire agree on by default (sheet 01 §2, §13.2, §15). */
public final class WireDefaults {

  /** Largest message either side sends or takes: 512 MiB. */
  public static final int MAX_MESSAGE_BYTES = 512 << 20;

  /** A server pings a connection after this much silence. */
  public static final Duration SERVER_KEEP_ALIVE_INTERVAL = Duration.ofSeconds(10);

  /** A server gives a connection up if a ping stays unanswered for so long. */
  public static final Duration SERVER_KEEP_ALIVE_TIMEOUT = Duration.ofSeconds(3);

  /** A client waits so long for a connection. */
  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

  /** A client waits so long for the answer to a request. */
  public static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

  /** A client pings a connection after this much silence, also while it is idle. */
  public static final Duration CLIENT_KEEP_ALIVE_INTERVAL = Duration.ofSeconds(30);

  /** A client gives a connection up if a ping stays unanswered for so long. */
  public static final Duration CLIENT_KEEP_ALIVE_TIMEOUT = Duration.ofSeconds(20);

  /** The same for the channel that carries heartbeats. */
  public static final Duration HEARTBEAT_KEEP_ALIVE_INTERVAL = Duration.ofSeconds(15);

  /** The same for the channel that carries heartbeats. */
  public static final Duration HEARTBEAT_KEEP_ALIVE_TIMEOUT = Duration.ofSeconds(5);

  private WireDefaults() {}
}
