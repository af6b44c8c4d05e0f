package io.metasrv.adapters.grpc;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.metasrv.application.port.StreamEnd;
import io.metasrv.protocol.grpc.ErrorTrailers;

/**
 * The status a node sees at the end of its heartbeat stream (sheet 01 §4).
 *
 * @param trailers with the error's code where it has one; "not leader" and "shutting down" were
 *     recorded without
 */
record StreamEndStatus(Status status, Metadata trailers) {

  static StreamEndStatus of(StreamEnd reason) {
    return switch (reason) {
      case StreamEnd.Completed() -> new StreamEndStatus(Status.OK, new Metadata());
      case StreamEnd.NotLeader(String address) ->
          uncoded(
              Status.ABORTED, "The requested metasrv node is not leader, node addr: " + address);
      case StreamEnd.ShuttingDown(String address) ->
          uncoded(
              Status.UNAVAILABLE,
              "The requested metasrv node is shutting down, node addr: " + address);
      case StreamEnd.SlowConsumer(String detail) -> uncoded(Status.RESOURCE_EXHAUSTED, detail);
      case StreamEnd.Failed failed -> coded(ErrorTrailers.toStatus(failed.cause()));
    };
  }

  private static StreamEndStatus uncoded(Status status, String text) {
    return new StreamEndStatus(status.withDescription(text), new Metadata());
  }

  private static StreamEndStatus coded(StatusException failure) {
    Metadata trailers = failure.getTrailers();
    return new StreamEndStatus(failure.getStatus(), trailers == null ? new Metadata() : trailers);
  }
}
