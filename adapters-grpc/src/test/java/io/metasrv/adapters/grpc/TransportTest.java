package io.metasrv.adapters.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.ZstdInputStream;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.metasrv.adapters.grpc.RawHttp2Client.Frame;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.error.StoreException;
import io.metasrv.protocol.grpc.ChannelSettings;
import io.metasrv.protocol.grpc.ErrorTrailers;
import io.metasrv.protocol.grpc.ServerSettings;
import io.metasrv.protocol.v1.meta.BatchGetRequest;
import io.metasrv.protocol.v1.meta.BatchGetResponse;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.meta.DdlTaskResponse;
import io.metasrv.protocol.v1.meta.KeyValue;
import io.metasrv.protocol.v1.meta.ProcedureServiceGrpc;
import io.metasrv.protocol.v1.meta.RangeRequest;
import io.metasrv.protocol.v1.meta.RangeResponse;
import io.metasrv.protocol.v1.meta.StoreGrpc;
import io.netty.handler.codec.http2.Http2FrameStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class TransportTest {

  private static final String RANGE = "/greptime.v1.meta.Store/Range";
  private static final RangeRequest REQUEST =
      RangeRequest.newBuilder().setKey(ByteString.copyFromUtf8("k")).build();

  private RunningServer server;

  @BeforeEach
  void start() throws IOException {
    server = new RunningServer();
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.close();
  }

  @Test
  @DisplayName("sheet 01 case 1: streaming zstd frames without content size are decoded")
  void givenAZstdRequest_whenSentAsTheRustClientDoes_thenItIsDecoded()
      throws IOException, InterruptedException {
    AtomicReference<RangeRequest> received = receivedRange();
    try (RawHttp2Client client = server.raw()) {
      Http2FrameStream stream = client.open(RANGE, "grpc-encoding", "zstd");
      client.message(stream, true, RawHttp2Client.zstd(REQUEST.toByteArray()), true);

      assertThat(client.trailers()).contains("grpc-status: 0");
      assertThat(received).hasValue(REQUEST);
    }
  }

  @ParameterizedTest
  @CsvSource({"identity", "gzip", "zstd"})
  void givenEachEncoding_whenAClientOfOursUsesIt_thenItIsUnderstood(String encoding) {
    AtomicReference<RangeRequest> received = receivedRange();
    RangeRequest big =
        RangeRequest.newBuilder().setKey(ByteString.copyFrom(new byte[300_000])).build();

    RangeResponse answer =
        store(ChannelSettings.defaults().withEncoding(encoding, true)).range(big);

    assertThat(answer.getHeader()).isEqualTo(CannedServices.OK);
    assertThat(received).hasValue(big);
  }

  @ParameterizedTest
  @DisplayName("sheet 01 case 2: the answer comes in the first encoding the client names")
  @CsvSource({"'gzip,zstd,identity',gzip", "'zstd,gzip',zstd", "identity,identity", "'',identity"})
  void givenWhatAClientAccepts_whenTheAnswerIsLarge_thenItIsEncodedSo(
      String accepted, String expected) throws IOException, InterruptedException {
    RangeResponse answer = answerOf(50_000);
    server.services.range = request -> answer;
    try (RawHttp2Client client = server.raw()) {
      Http2FrameStream stream =
          accepted.isEmpty()
              ? client.open(RANGE)
              : client.open(RANGE, "grpc-accept-encoding", accepted);
      client.message(stream, false, REQUEST.toByteArray(), true);

      Frame headers = client.await("headers");
      byte[] body = body(client);
      if (expected.equals("identity")) {
        assertThat(headers.detail()).doesNotContain("grpc-encoding: gzip", "grpc-encoding: zstd");
      } else {
        assertThat(headers.detail()).contains("grpc-encoding: " + expected);
      }
      assertThat(body[0]).isEqualTo(expected.equals("identity") ? (byte) 0 : (byte) 1);
      byte[] message = Arrays.copyOfRange(body, 5, body.length);
      assertThat(RangeResponse.parseFrom(inflate(expected, message))).isEqualTo(answer);
    }
  }

  @Test
  void givenATinyAnswer_whenTheClientTakesGzip_thenItIsNotCompressed() throws InterruptedException {
    try (RawHttp2Client client = server.raw()) {
      Http2FrameStream stream = client.open(RANGE, "grpc-accept-encoding", "gzip,zstd,identity");
      client.message(stream, false, REQUEST.toByteArray(), true);

      assertThat(body(client)[0]).isZero();
    }
  }

  @Test
  @DisplayName("sheet 01 case 3: snappy is refused with UNIMPLEMENTED")
  void givenAnUnknownEncoding_thenTheStatusSaysWhatIsAccepted() throws InterruptedException {
    try (RawHttp2Client client = server.raw()) {
      Http2FrameStream stream = client.open(RANGE, "grpc-encoding", "snappy");
      client.message(stream, true, new byte[] {1, 2, 3}, true);

      assertThat(client.trailers())
          .contains("grpc-status: 12")
          .contains("Content is compressed with `snappy` which isn't supported")
          .contains("grpc-accept-encoding: gzip,zstd,identity");
      client.assertStillServing();
    }
  }

  @Test
  @DisplayName("sheet 01 case 4: a 20 MiB answer is read")
  void givenA20MiBAnswer_whenTheLimitIs512MiB_thenItIsRead() {
    byte[] value = new byte[20 << 20];
    new Random(1).nextBytes(value);
    server.services.batchGet =
        request ->
            BatchGetResponse.newBuilder()
                .setHeader(CannedServices.OK)
                .addKvs(KeyValue.newBuilder().setValue(ByteString.copyFrom(value)))
                .build();

    BatchGetResponse answer =
        store(ChannelSettings.defaults()).batchGet(BatchGetRequest.getDefaultInstance());

    assertThat(answer.getKvs(0).getValue().size()).isEqualTo(20 << 20);
  }

  @Test
  @DisplayName("sheet 01 case 5: an idle connection that pings is not told to go away")
  void givenPingsOnAnIdleConnection_thenNoGoAwayIsSent() throws InterruptedException {
    try (RawHttp2Client client = server.raw()) {
      for (int i = 0; i < 200; i++) {
        client.ping(i);
        client.await("ping-ack");
      }
      client.assertStillServing();
      assertThat(client.seen()).noneMatch(frame -> frame.kind().equals("goaway"));
    }
  }

  @Test
  void givenASilentConnection_whenItsPingIsNotAnswered_thenItIsDropped() throws Exception {
    ServerSettings fast =
        new ServerSettings(1 << 20, Duration.ofMillis(1000), Duration.ofMillis(300));
    try (RunningServer impatient = new RunningServer(o -> o.withTransport(fast));
        RawHttp2Client client = RawHttp2Client.deaf(impatient.port())) {
      client.await("ping");
      client.await("closed");

      assertThat(client.isConnected()).isFalse();
    }
  }

  @Test
  @DisplayName("sheet 01 case 6: a handler's error keeps status, code and text")
  void givenTableNotFound_whenCalled_thenTheTrailersTell() {
    server.services.range =
        request -> {
          throw new ServiceException(StatusCode.TABLE_NOT_FOUND, "Table not found: a.b.c");
        };

    StatusRuntimeException failure = rangeFailure();

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(failure.getStatus().getDescription()).isEqualTo("Table not found: a.b.c");
    assertThat(codeIn(failure)).isEqualTo("4001");
  }

  @Test
  @DisplayName("sheet 01 case 7: an internal error is masked")
  void givenAnInternalError_whenCalled_thenOnlyItsNumberIsShown() {
    server.services.range =
        request -> {
          throw new StoreException.Unavailable("etcd is on fire");
        };

    StatusRuntimeException failure = rangeFailure();

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(failure.getStatus().getDescription()).isEqualTo("Internal error: 1003");
    assertThat(codeIn(failure)).isEqualTo("1003");
  }

  @Test
  void givenABugInAHandler_whenCalled_thenItIsMaskedToo() {
    server.services.range =
        request -> {
          throw new IllegalStateException("a secret");
        };

    StatusRuntimeException failure = rangeFailure();

    assertThat(failure.getStatus().getDescription()).isEqualTo("Internal error: 1003");
    assertThat(codeIn(failure)).isEqualTo("1003");
  }

  @Test
  void givenAnAnswerAboveTheSendLimit_thenTheStatusIsOutOfRange() throws Exception {
    try (RunningServer small = new RunningServer(o -> o.withMaxSendBytes(10_000))) {
      RangeResponse answer = answerOf(20_000);
      small.services.range = request -> answer;

      StatusRuntimeException failure =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> StoreGrpc.newBlockingStub(small.channel()).range(REQUEST));

      assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
      assertThat(failure.getStatus().getDescription())
          .isEqualTo(
              "Error, encoded message length too large: found "
                  + answer.getSerializedSize()
                  + " bytes, the limit is: 10000 bytes");
    }
  }

  @Test
  void givenGarbageInsteadOfAMessage_thenTheCallFailsAndTheServerStaysUp()
      throws InterruptedException {
    try (RawHttp2Client client = server.raw()) {
      Http2FrameStream stream = client.open(RANGE);
      client.message(stream, false, new byte[] {(byte) 0xff, (byte) 0xff, 1, 2, 3}, true);

      assertThat(client.trailers()).contains("grpc-status: 13");
      client.assertStillServing();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "gzip"})
  void givenABrokenCompressedBody_thenTheCallFailsAndTheServerStaysUp(String encoding)
      throws InterruptedException {
    try (RawHttp2Client client = server.raw()) {
      Http2FrameStream stream = client.open(RANGE, "grpc-encoding", encoding);
      client.message(stream, true, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, true);

      assertThat(client.trailers()).contains("grpc-status: 13");
      client.assertStillServing();
    }
  }

  @Test
  void givenAMethodOfTheRemovedLockService_thenItIsUnimplemented() throws InterruptedException {
    try (RawHttp2Client client = server.raw()) {
      Http2FrameStream stream = client.open("/greptime.v1.meta.Lock/Lock");
      client.message(stream, false, new byte[0], true);

      assertThat(client.trailers()).contains("grpc-status: 12");
      client.assertStillServing();
    }
  }

  @Test
  void givenAProcedureMethod_whenCalledInLowerCase_thenItIsServed() throws InterruptedException {
    try (RawHttp2Client client = server.raw()) {
      Http2FrameStream stream = client.open("/greptime.v1.meta.ProcedureService/gc_regions");
      client.message(stream, false, new byte[0], true);

      assertThat(client.trailers()).contains("grpc-status: 0");
    }
  }

  @Test
  void givenADeadline_whenItExpires_thenTheCallIsCancelledAndTheHandlerRunsOn()
      throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch finished = new CountDownLatch(1);
    server.services.ddl =
        request -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          finished.countDown();
          return DdlTaskResponse.getDefaultInstance();
        };
    try (RawHttp2Client client = server.raw()) {
      Http2FrameStream stream =
          client.open("/greptime.v1.meta.ProcedureService/ddl", "grpc-timeout", "2000000u");
      client.message(stream, false, DdlTaskRequest.getDefaultInstance().toByteArray(), true);

      Frame reset = client.await("reset");

      // CANCEL, which the Rust client reads as CANCELLED and does not retry.
      assertThat(reset.detail()).isEqualTo("code 8");
      release.countDown();
      assertThat(finished.await(10, TimeUnit.SECONDS)).isTrue();
      client.assertStillServing();
    }
  }

  @Test
  void givenAFollower_whenAProcedureIsCalled_thenTheRefusalIsInBand() {
    server.services.ddl =
        request -> DdlTaskResponse.newBuilder().setHeader(CannedServices.NOT_LEADER).build();

    DdlTaskResponse answer =
        ProcedureServiceGrpc.newBlockingStub(server.channel())
            .ddl(DdlTaskRequest.getDefaultInstance());

    assertThat(answer.getHeader().getError().getCode()).isEqualTo(2);
  }

  private AtomicReference<RangeRequest> receivedRange() {
    AtomicReference<RangeRequest> received = new AtomicReference<>();
    server.services.range =
        request -> {
          received.set(request);
          return RangeResponse.newBuilder().setHeader(CannedServices.OK).build();
        };
    return received;
  }

  private StoreGrpc.StoreBlockingStub store(ChannelSettings settings) {
    return StoreGrpc.newBlockingStub(
        server.channel(settings.withConnectTimeout(Duration.ofSeconds(10))));
  }

  private StatusRuntimeException rangeFailure() {
    return catchThrowableOfType(
        StatusRuntimeException.class, () -> store(ChannelSettings.defaults()).range(REQUEST));
  }

  private static String codeIn(StatusRuntimeException failure) {
    var trailers = failure.getTrailers();
    return trailers == null ? "" : String.valueOf(trailers.get(ErrorTrailers.ERR_CODE));
  }

  private static RangeResponse answerOf(int bytes) {
    byte[] value = new byte[bytes];
    new Random(2).nextBytes(value);
    return RangeResponse.newBuilder()
        .setHeader(CannedServices.OK)
        .addKvs(KeyValue.newBuilder().setValue(ByteString.copyFrom(value)))
        .build();
  }

  /** The data of a call whose trailers have arrived. */
  private static byte[] body(RawHttp2Client client) throws InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    client.trailers();
    client.seen().stream()
        .filter(frame -> frame.kind().equals("data"))
        .forEach(frame -> body.writeBytes(frame.data()));
    return body.toByteArray();
  }

  private static byte[] inflate(String encoding, byte[] message) throws IOException {
    InputStream plain = new ByteArrayInputStream(message);
    try (InputStream in =
        switch (encoding) {
          case "gzip" -> new GZIPInputStream(plain);
          case "zstd" -> new ZstdInputStream(plain);
          default -> plain;
        }) {
      return in.readAllBytes();
    }
  }
}
