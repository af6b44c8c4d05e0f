package io.metasrv.adapters.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.metasrv.adapters.grpc.RawHttp2Client.Frame;
import io.metasrv.application.port.NodeStream;
import io.metasrv.application.port.StreamEnd;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StreamBrokenException;
import io.metasrv.protocol.grpc.ChannelSettings;
import io.metasrv.protocol.v1.meta.HeartbeatGrpc;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.protocol.v1.meta.MailboxMessage;
import io.metasrv.protocol.v1.meta.RequestHeader;
import io.netty.handler.codec.http2.Http2FrameStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HeartbeatStreamTest {

  private static final String PATH = "/greptime.v1.meta.Heartbeat/Heartbeat";
  private static final HeartbeatRequest HANDSHAKE =
      HeartbeatRequest.newBuilder()
          .setHeader(RequestHeader.newBuilder().setProtocolVersion(1).setMemberId(7))
          .build();
  private static final HeartbeatResponse NOT_LEADER =
      HeartbeatResponse.newBuilder().setHeader(CannedServices.NOT_LEADER).build();

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
  void givenAStreamJustOpened_whenNothingWasSent_thenTheResponseHeadersAreThere()
      throws InterruptedException {
    server.services.streams = stream -> stream.receive();
    try (RawHttp2Client client = server.raw()) {
      client.open(PATH);

      Frame headers = client.await("headers");

      assertThat(headers.end()).isFalse();
      assertThat(headers.detail()).contains(":status: 200");
    }
  }

  @Test
  @DisplayName("sheet 01 case 30 (transport): a follower answers NotLeader, then ABORTED")
  void givenAFollower_whenANodeHandshakes_thenTheReplyComesBeforeTheStatus()
      throws InterruptedException {
    server.services.streams =
        stream -> {
          stream.receive();
          stream.send(NOT_LEADER);
          stream.end(new StreamEnd.NotLeader("10.9.8.7:3002"));
        };
    Node node = new Node();

    node.requests.onNext(HANDSHAKE);

    assertThat(node.next()).isEqualTo(NOT_LEADER);
    Status status = node.end();
    assertThat(status.getCode()).isEqualTo(Status.Code.ABORTED);
    assertThat(status.getDescription())
        .isEqualTo("The requested metasrv node is not leader, node addr: 10.9.8.7:3002");
  }

  @Test
  @DisplayName("sheet 01 case 31: a stream that the server ends is also reset")
  void givenAClientThatHasNotClosedItsSide_whenTheStreamEnds_thenItIsReset()
      throws InterruptedException {
    AtomicReference<NodeStream> open = new AtomicReference<>();
    CountDownLatch opened = new CountDownLatch(1);
    server.services.streams =
        stream -> {
          open.set(stream);
          opened.countDown();
          while (stream.receive().isPresent()) {
            stream.send(HeartbeatResponse.newBuilder().setHeader(CannedServices.OK).build());
          }
        };
    try (RawHttp2Client client = server.raw()) {
      Http2FrameStream stream = client.open(PATH);
      client.message(stream, false, HANDSHAKE.toByteArray(), false);
      client.await("data");
      opened.await();

      open.get().end(new StreamEnd.NotLeader("10.9.8.7:3002"));

      Frame trailers = client.await("headers");
      assertThat(trailers.end()).isTrue();
      assertThat(trailers.detail())
          .contains("grpc-status: 10")
          .contains("The requested metasrv node is not leader, node addr: 10.9.8.7:3002")
          .doesNotContain("x-greptime-err-code");
      Frame reset = client.await("reset");
      assertThat(reset.stream()).isEqualTo(stream.id());
      assertThat(reset.detail()).isEqualTo("code 0");
      assertThat(client.canSend(stream)).isFalse();
      assertThat(client.isConnected()).isTrue();
    }
  }

  @Test
  void givenAConnectionWithAResetStream_whenAnotherIsOpened_thenItIsServed()
      throws InterruptedException {
    server.services.streams = stream -> stream.end(new StreamEnd.NotLeader("a:1"));
    try (RawHttp2Client client = server.raw()) {
      for (int i = 0; i < 20; i++) {
        Http2FrameStream stream = client.open(PATH);
        assertThat(client.await("reset").stream()).isEqualTo(stream.id());
      }
      assertThat(client.isConnected()).isTrue();
    }
  }

  @Test
  void givenAUnaryCall_whenAnswered_thenItsStreamIsNotReset() throws InterruptedException {
    try (RawHttp2Client client = server.raw()) {
      Http2FrameStream stream = client.open("/greptime.v1.meta.Store/Range");
      client.message(stream, false, new byte[0], true);
      Frame trailers = client.await("headers");
      while (!trailers.end()) {
        trailers = client.await("headers");
      }
      client.ping(1);
      client.await("ping-ack");

      assertThat(client.seen()).noneMatch(frame -> frame.kind().equals("reset"));
    }
  }

  @Test
  @DisplayName("sheet 01 case 31: a grpc-java client sees ABORTED and cannot send any more")
  void givenAGrpcClient_whenItsStreamIsEnded_thenItGetsTheStatus() throws InterruptedException {
    server.services.streams =
        stream -> {
          stream.receive();
          stream.end(new StreamEnd.NotLeader("a:1"));
        };
    Node node = new Node();

    node.requests.onNext(HANDSHAKE);

    assertThat(node.end().getCode()).isEqualTo(Status.Code.ABORTED);
    assertThat(node.isReady()).isFalse();
  }

  @Test
  @DisplayName("sheet 01 case 22 (transport): a handler error carries its code")
  void givenAFailedRequest_whenTheStreamEnds_thenStatusTextAndCodeAreSent()
      throws InterruptedException {
    server.services.streams =
        stream -> {
          stream.receive();
          stream.end(
              new StreamEnd.Failed(ServiceException.invalidArguments("Missing request header")));
        };
    Node node = new Node();

    node.requests.onNext(HeartbeatRequest.getDefaultInstance());

    Status status = node.end();
    assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(status.getDescription()).isEqualTo("Missing request header");
    assertThat(node.trailer("x-greptime-err-code")).isEqualTo("1004");
  }

  @Test
  void givenANodeThatClosesWithoutAMessage_thenTheStreamEndsOk() throws InterruptedException {
    BlockingQueue<Boolean> received = new LinkedBlockingQueue<>();
    server.services.streams =
        stream -> {
          received.add(stream.receive().isPresent());
          stream.end(new StreamEnd.Completed());
        };
    Node node = new Node();

    node.requests.onCompleted();

    assertThat(node.end().getCode()).isEqualTo(Status.Code.OK);
    assertThat(received.poll(10, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void givenManyRequests_whenServedSlowly_thenOneAtATimeInOrder() throws InterruptedException {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    server.services.streams =
        stream -> {
          Optional<HeartbeatRequest> request;
          while ((request = stream.receive()).isPresent()) {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            stream.send(numbered(request.get().getDurationSinceEpoch()));
            running.decrementAndGet();
          }
          stream.end(new StreamEnd.Completed());
        };
    Node node = new Node();

    List<Long> expected = new ArrayList<>();
    for (long i = 1; i <= 300; i++) {
      expected.add(i);
      node.requests.onNext(HANDSHAKE.toBuilder().setDurationSinceEpoch(i).build());
    }
    node.requests.onCompleted();

    assertThat(node.end().getCode()).isEqualTo(Status.Code.OK);
    assertThat(node.responses.stream().map(HeartbeatStreamTest::numberOf)).isEqualTo(expected);
    assertThat(most).hasValue(1);
  }

  @Test
  void givenManySendersAtOnce_thenEachOnesMessagesKeepTheirOrderAndNoneIsLost()
      throws InterruptedException {
    int senders = 8;
    int each = 100;
    server.services.streams =
        stream -> {
          stream.receive();
          CountDownLatch done = new CountDownLatch(senders);
          for (int s = 0; s < senders; s++) {
            long sender = s;
            server.runtime.start(
                "sender " + s,
                () -> {
                  for (long i = 0; i < each; i++) {
                    if (!stream.send(numbered(sender * each + i))) {
                      throw new IllegalStateException("the stream ended early");
                    }
                    // Slow enough for the queue: its bound is not what this test is about.
                    server.runtime.sleep(Duration.ofMillis(2));
                  }
                  done.countDown();
                });
          }
          done.await();
          stream.end(new StreamEnd.Completed());
        };
    Node node = new Node();

    node.requests.onNext(HANDSHAKE);

    assertThat(node.end().getCode()).isEqualTo(Status.Code.OK);
    List<Long> numbers = node.responses.stream().map(HeartbeatStreamTest::numberOf).toList();
    assertThat(numbers).hasSize(senders * each).doesNotHaveDuplicates();
    for (int s = 0; s < senders; s++) {
      long sender = s;
      assertThat(numbers.stream().filter(n -> n / each == sender).toList()).isSorted();
    }
  }

  @Test
  void givenANodeThatDoesNotRead_whenItsQueueIsFull_thenOnlyItsStreamEnds()
      throws InterruptedException {
    HeartbeatResponse big =
        HeartbeatResponse.newBuilder()
            .setMailboxMessage(MailboxMessage.newBuilder().setSubject("x".repeat(100_000)))
            .build();
    BlockingQueue<Integer> accepted = new LinkedBlockingQueue<>();
    BlockingQueue<Boolean> ended = new LinkedBlockingQueue<>();
    server.services.streams =
        stream -> {
          stream.receive();
          int count = 0;
          while (count < 10_000 && stream.send(big)) {
            count++;
          }
          accepted.add(count);
          ended.add(stream.isEnded());
          ended.add(stream.send(big));
          ended.add(stream.receive().isPresent());
        };
    Node stuck = new Node(1, ChannelSettings.uncompressed());
    stuck.requests.onNext(HANDSHAKE);

    Integer count = accepted.poll(30, TimeUnit.SECONDS);

    assertThat(count).isNotNull().isBetween(GrpcNodeStream.QUEUE_LIMIT, 1000);
    assertThat(ended.poll(10, TimeUnit.SECONDS)).isTrue();
    assertThat(ended.poll(10, TimeUnit.SECONDS)).isFalse();
    assertThat(ended.poll(10, TimeUnit.SECONDS)).isFalse();
    stuck.read(1000);
    assertThat(stuck.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    // What was handed to the transport arrives, what waited in the queue does not.
    assertThat(stuck.responses).hasSizeLessThanOrEqualTo(count - GrpcNodeStream.QUEUE_LIMIT);
  }

  @Test
  void givenABurstOfInstructions_whenTheNodeReads_thenNoneIsLost() throws InterruptedException {
    int burst = 1000;
    BlockingQueue<Boolean> refused = new LinkedBlockingQueue<>();
    server.services.streams =
        stream -> {
          stream.receive();
          for (int i = 0; i < burst; i++) {
            if (!stream.send(
                HeartbeatResponse.newBuilder()
                    .setMailboxMessage(
                        MailboxMessage.newBuilder()
                            .setTimestampMillis(i)
                            .setJson("{\"OpenRegions\":[" + "0".repeat(400) + "]}"))
                    .build())) {
              refused.add(true);
            }
          }
          stream.end(new StreamEnd.Completed());
        };
    Node node = new Node();

    node.requests.onNext(HANDSHAKE);

    assertThat(node.end().getCode()).isEqualTo(Status.Code.OK);
    assertThat(refused).isEmpty();
    assertThat(node.responses).hasSize(burst);
  }

  @Test
  void givenANodeThatIsCutOff_whenReceiving_thenTheStreamIsBroken() throws InterruptedException {
    BlockingQueue<Object> outcome = new LinkedBlockingQueue<>();
    CountDownLatch first = new CountDownLatch(1);
    server.services.streams =
        stream -> {
          stream.receive();
          first.countDown();
          try {
            outcome.add(stream.receive());
          } catch (StreamBrokenException broken) {
            outcome.add(broken);
          }
          outcome.add(stream.isEnded());
          outcome.add(stream.send(NOT_LEADER));
        };
    RawHttp2Client client = server.raw();
    client.message(client.open(PATH), false, HANDSHAKE.toByteArray(), false);
    first.await();
    client.close();

    assertThat(outcome.poll(10, TimeUnit.SECONDS)).isInstanceOf(StreamBrokenException.class);
    assertThat(outcome.poll(10, TimeUnit.SECONDS)).isEqualTo(true);
    assertThat(outcome.poll(10, TimeUnit.SECONDS)).isEqualTo(false);
  }

  @Test
  void givenAServiceThatFailsUnexpectedly_thenTheNodeSeesAMaskedError()
      throws InterruptedException {
    server.services.streams =
        stream -> {
          throw new IllegalStateException("secret");
        };
    Node node = new Node();

    Status status = node.end();

    assertThat(status.getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(status.getDescription()).isEqualTo("Internal error: 1003");
    assertThat(node.trailer("x-greptime-err-code")).isEqualTo("1003");
  }

  @Test
  void givenMessagesQueued_whenTheStreamEnds_thenTheyLeaveFirst() throws InterruptedException {
    server.services.streams =
        stream -> {
          for (long i = 0; i < 100; i++) {
            stream.send(numbered(i));
          }
          stream.end(new StreamEnd.Completed());
          stream.end(new StreamEnd.NotLeader("the first call wins"));
        };
    Node node = new Node();

    assertThat(node.end().getCode()).isEqualTo(Status.Code.OK);
    assertThat(node.responses).hasSize(100);
  }

  private static HeartbeatResponse numbered(long number) {
    return HeartbeatResponse.newBuilder()
        .setHeader(CannedServices.OK)
        .setMailboxMessage(MailboxMessage.newBuilder().setTimestampMillis(number))
        .build();
  }

  private static long numberOf(HeartbeatResponse response) {
    return response.getMailboxMessage().getTimestampMillis();
  }

  /** A node's end of a stream, over grpc-java. */
  private final class Node implements ClientResponseObserver<HeartbeatRequest, HeartbeatResponse> {

    private final StreamObserver<HeartbeatRequest> requests;
    private final BlockingQueue<HeartbeatResponse> responses = new LinkedBlockingQueue<>();
    private final BlockingQueue<Status> ends = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Metadata> trailers = new AtomicReference<>();
    private final int initialReads;
    private @Nullable ClientCallStreamObserver<HeartbeatRequest> call;

    Node() {
      this(100_000, ChannelSettings.heartbeat());
    }

    /**
     * @param initialReads how many responses it takes before it stops reading
     */
    Node(int initialReads, ChannelSettings settings) {
      this.initialReads = initialReads;
      AtomicReference<@Nullable Metadata> headers = new AtomicReference<>();
      requests =
          HeartbeatGrpc.newStub(server.channel(settings))
              .withInterceptors(MetadataUtils.newCaptureMetadataInterceptor(headers, trailers))
              .heartbeat(this);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<HeartbeatRequest> stream) {
      call = stream;
      stream.disableAutoRequestWithInitial(initialReads);
    }

    void read(int count) {
      if (call != null) {
        call.request(count);
      }
    }

    boolean isReady() {
      return call != null && call.isReady();
    }

    @Override
    public void onNext(HeartbeatResponse response) {
      responses.add(response);
    }

    @Override
    public void onError(Throwable failure) {
      ends.add(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
      ends.add(Status.OK);
    }

    HeartbeatResponse next() throws InterruptedException {
      HeartbeatResponse response = responses.poll(20, TimeUnit.SECONDS);
      assertThat(response).as("a response").isNotNull();
      return response;
    }

    Status end() throws InterruptedException {
      Status end = ends.poll(30, TimeUnit.SECONDS);
      assertThat(end).as("the end of the stream").isNotNull();
      return end;
    }

    String trailer(String name) {
      Metadata metadata = trailers.get();
      return metadata == null
          ? ""
          : String.valueOf(metadata.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)));
    }
  }
}
