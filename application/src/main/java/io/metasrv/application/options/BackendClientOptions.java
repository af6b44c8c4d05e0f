package io.metasrv.application.options;

import java.time.Duration;

/**
 * {@code [backend_client]}: the connection to etcd. Unlike the reference, the connect timeout is
 * applied.
 *
 * @param keepAliveInterval HTTP/2 ping interval
 * @param keepAliveTimeout how long a ping may stay unanswered
 * @param connectTimeout how long a connection may take
 */
public record BackendClientOptions(
    Duration keepAliveInterval, Duration keepAliveTimeout, Duration connectTimeout) {

  /** The reference's defaults. */
  public static BackendClientOptions defaults() {
    return new BackendClientOptions(
        Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(3));
  }
}
