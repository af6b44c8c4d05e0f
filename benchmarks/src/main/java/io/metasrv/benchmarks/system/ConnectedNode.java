package io.metasrv.benchmarks.system;

import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.metasrv.benchmarks.heartbeat.DatanodeMessages;
import io.metasrv.protocol.grpc.ChannelSettings;
import io.metasrv.protocol.v1.meta.HeartbeatGrpc;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A datanode with a connection and a stream of its own, which sends when it is told to. */
final class ConnectedNode implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final DatanodeMessages messages;
  private final ManagedChannel channel;
  private final StreamObserver<HeartbeatRequest> requests;
  private final Semaphore answers = new Semaphore(0);

  ConnectedNode(String address, DatanodeMessages messages) {
    this.messages = messages;
    this.channel = ChannelSettings.heartbeat().builder(address).directExecutor().build();
    this.requests = HeartbeatGrpc.newStub(channel).heartbeat(new Answers());
  }

  void shakeHands() throws InterruptedException {
    exchange(messages.handshake());
  }

  /** Sends the heartbeat with the number and waits for its answer. */
  void beat(int number) throws InterruptedException {
    exchange(messages.heartbeat(number));
  }

  private void exchange(HeartbeatRequest request) throws InterruptedException {
    requests.onNext(request);
    if (!answers.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("datanode " + messages.id() + " got no answer");
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private final class Answers implements StreamObserver<HeartbeatResponse> {
    @Override
    public void onNext(HeartbeatResponse response) {
      // What is broadcast meanwhile is no answer.
      if (!response.hasMailboxMessage()) {
        answers.release();
      }
    }

    @Override
    public void onError(Throwable cut) {
      // Whoever waits for the answer will say so.
    }

    @Override
    public void onCompleted() {}
  }
}
