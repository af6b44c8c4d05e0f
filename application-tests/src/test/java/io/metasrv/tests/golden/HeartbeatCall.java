package io.metasrv.tests.golden;

import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.metasrv.protocol.v1.meta.HeartbeatGrpc;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A heartbeat stream that sends what it has, closes its side and waits for the end. */
final class HeartbeatCall implements StreamObserver<HeartbeatResponse> {

  private static final Metadata.Key<String> ERR_CODE =
      Metadata.Key.of("x-greptime-err-code", Metadata.ASCII_STRING_MARSHALLER);

  /** How a stream went. */
  record Outcome(
      List<HeartbeatResponse> responses, String status, String message, List<String> trailers) {}

  private final List<HeartbeatResponse> responses = new ArrayList<>();
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  private HeartbeatCall() {}

  static Outcome of(Channel channel, List<HeartbeatRequest> requests) {
    HeartbeatCall call = new HeartbeatCall();
    StreamObserver<HeartbeatRequest> node = HeartbeatGrpc.newStub(channel).heartbeat(call);
    requests.forEach(node::onNext);
    node.onCompleted();
    return call.outcome.join();
  }

  @Override
  public void onNext(HeartbeatResponse response) {
    responses.add(response);
  }

  @Override
  public void onError(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    Metadata trailers = Status.trailersFromThrowable(failure);
    String code = trailers == null ? null : trailers.get(ERR_CODE);
    String message = status.getDescription();
    outcome.complete(
        new Outcome(
            responses,
            status.getCode().name(),
            message == null ? "" : message,
            code == null ? List.of() : List.of(ERR_CODE.name() + ": " + code)));
  }

  @Override
  public void onCompleted() {
    outcome.complete(new Outcome(responses, "OK", "", List.of()));
  }
}
