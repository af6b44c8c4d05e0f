package io.metasrv.application.options;

import java.time.Duration;

/**
 * Outgoing gRPC: {@code [datanode.client]}, and our own {@code [peer_client]} for frontends,
 * flownodes and other metasrvs.
 *
 * @param timeout most time a call may take
 * @param connectTimeout most time a connection may take
 * @param tcpNodelay send small packets at once
 */
public record NodeClientOptions(Duration timeout, Duration connectTimeout, boolean tcpNodelay) {

  /** The reference's defaults. Its documentation says ten seconds to connect, its code one. */
  public static NodeClientOptions defaults() {
    return new NodeClientOptions(Duration.ofSeconds(10), Duration.ofSeconds(1), true);
  }
}
