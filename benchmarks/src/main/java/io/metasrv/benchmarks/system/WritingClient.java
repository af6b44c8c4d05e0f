package io.metasrv.benchmarks.system;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.metasrv.protocol.grpc.ChannelSettings;
import io.metasrv.protocol.v1.meta.AskLeaderRequest;
import io.metasrv.protocol.v1.meta.HeartbeatGrpc;
import io.metasrv.protocol.v1.meta.PutRequest;
import io.metasrv.protocol.v1.meta.StoreGrpc;
import java.util.concurrent.TimeUnit;

/** Asks one server, without retries of its own, and never waits long for an answer. */
final class WritingClient implements AutoCloseable {

  private static final int ANSWER_MILLIS = 500;

  /** A server that starts on a machine that builds needs a minute. */
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(4);

  private static final ByteString KEY = ByteString.copyFromUtf8("__bench/failover");

  private final String address;
  private final ManagedChannel channel;

  WritingClient(String address) {
    this.address = address;
    this.channel = ChannelSettings.defaults().builder(address).build();
  }

  /** Whether a write through this server is acknowledged now. */
  boolean writes() {
    // A channel that failed once would wait a second and longer before it connects again.
    channel.resetConnectBackoff();
    try {
      return !StoreGrpc.newBlockingStub(channel)
          .withDeadlineAfter(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
          .put(PutRequest.newBuilder().setKey(KEY).setValue(KEY).build())
          .getHeader()
          .hasError();
    } catch (StatusRuntimeException refused) {
      return false;
    }
  }

  /** Waits until a write is acknowledged. */
  void awaitWrite() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!writes()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("no write through " + address + " in four minutes");
      }
      Thread.sleep(2);
    }
  }

  /** Who leads, as this server sees it; empty if it sees nobody or does not answer. */
  String leader() {
    try {
      return HeartbeatGrpc.newBlockingStub(channel)
          .withDeadlineAfter(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
          .askLeader(AskLeaderRequest.getDefaultInstance())
          .getLeader()
          .getAddr();
    } catch (StatusRuntimeException silent) {
      return "";
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
