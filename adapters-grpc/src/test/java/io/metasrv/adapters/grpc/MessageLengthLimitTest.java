package io.metasrv.adapters.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.metasrv.protocol.grpc.ServerSettings;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.protocol.v1.meta.PutRequest;
import io.metasrv.protocol.v1.meta.RangeRequest;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2FrameStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sheet 01 §2: what is too large is refused with OUT_OF_RANGE, and the server stays up. */
@Timeout(60)
class MessageLengthLimitTest {

  private static final String RANGE = "/greptime.v1.meta.Store/Range";

  @Test
  void givenAMessageOf600MiB_whenAnnounced_thenItIsRefusedAndTheServerStaysUp() throws Exception {
    try (RunningServer server = new RunningServer();
        RawHttp2Client client = server.raw()) {
      Http2FrameStream stream = client.open(RANGE);
      client.data(
          stream, Unpooled.buffer().writeByte(0).writeInt(600 << 20).writeZero(1000), false);

      assertThat(client.trailers())
          .contains("grpc-status: 11")
          .contains(
              "Error, decoded message length too large: found 629145600 bytes, the limit is:"
                  + " 536870912 bytes");
      assertThat(client.await("reset").detail()).isEqualTo("code 0");
      client.assertStillServing();
    }
  }

  @Test
  void givenAStreamThatIsUnderWay_whenALaterMessageIsTooLarge_thenItEndsAndTheServiceHearsOfIt()
      throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (RunningServer server = new RunningServer(o -> o.withTransport(limit(1000)));
        RawHttp2Client client = server.raw()) {
      server.services.streams =
          stream -> {
            try {
              while (stream.receive().isPresent()) {
                stream.send(HeartbeatResponse.getDefaultInstance());
              }
            } finally {
              over.countDown();
            }
          };
      Http2FrameStream stream = client.open("/greptime.v1.meta.Heartbeat/Heartbeat");
      client.message(stream, false, new byte[0], false);
      client.await("data");
      client.data(stream, Unpooled.buffer().writeByte(0).writeByte(0).writeByte(0), false);
      client.data(stream, Unpooled.buffer().writeShort(1001).writeZero(7), false);

      assertThat(client.trailers())
          .contains("grpc-status: 11")
          .contains("found 1001 bytes, the limit is: 1000 bytes")
          .doesNotContain(":status");
      assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
      client.assertStillServing();
    }
  }

  @Test
  void givenMessagesOfExactlyTheLimit_thenTheyAreTaken() throws Exception {
    RangeRequest request =
        RangeRequest.newBuilder().setKey(ByteString.copyFrom(new byte[900])).build();
    try (RunningServer server =
            new RunningServer(o -> o.withTransport(limit(request.getSerializedSize())));
        RawHttp2Client client = server.raw()) {
      Http2FrameStream stream = client.open(RANGE);
      client.message(stream, false, request.toByteArray(), true);

      assertThat(client.trailers()).contains("grpc-status: 0");
    }
  }

  @Test
  void givenASmallMessageThatInflatesAboveTheLimit_thenItIsRefusedWhileInflating()
      throws Exception {
    try (RunningServer small = new RunningServer(o -> o.withTransport(limit(1 << 20)));
        RawHttp2Client client = small.raw()) {
      byte[] bomb =
          RawHttp2Client.zstd(
              PutRequest.newBuilder()
                  .setValue(ByteString.copyFrom(new byte[8 << 20]))
                  .build()
                  .toByteArray());
      assertThat(bomb.length).isLessThan(100_000);
      Http2FrameStream stream = client.open("/greptime.v1.meta.Store/Put", "grpc-encoding", "zstd");
      client.message(stream, true, bomb, true);

      assertThat(client.trailers())
          .contains("grpc-status: 11")
          .contains("found more than 1048576 bytes, the limit is: 1048576 bytes");
      client.assertStillServing();
    }
  }

  private static ServerSettings limit(int bytes) {
    return new ServerSettings(bytes, Duration.ofSeconds(10), Duration.ofSeconds(3));
  }
}
