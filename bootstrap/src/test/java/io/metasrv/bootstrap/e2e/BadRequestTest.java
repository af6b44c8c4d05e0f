package io.metasrv.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.metasrv.client.KeyValue;
import io.metasrv.client.MetaClient;
import io.metasrv.domain.Bytes;
import io.metasrv.protocol.grpc.ChannelSettings;
import io.metasrv.protocol.grpc.ClientTls;
import io.metasrv.protocol.grpc.ErrorTrailers;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.meta.HeartbeatGrpc;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.protocol.v1.meta.ProcedureServiceGrpc;
import io.metasrv.protocol.v1.meta.RequestHeader;
import io.metasrv.testkit.server.Eventually;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bad input to a server that runs as a process of its own with a small heap (docs/bad-input.md).
 * After each the server goes on, and its store is as it was.
 */
@Timeout(120)
class BadRequestTest {

  private static final Bytes KEY = Bytes.utf8("kept");
  private static final Bytes VALUE = Bytes.utf8("as it was");
  private static final Duration CALL_TIME = Duration.ofSeconds(30);

  @TempDir private static Path directory;
  private static MetasrvProcess server;

  private ManagedChannel channel;
  private int linesBefore;

  @BeforeAll
  static void start() {
    server = MetasrvProcess.start(directory);
    server.awaitReady();
    withClient(client -> client.store().put(KEY, VALUE));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void connect() {
    linesBefore = warnings().size();
    channel = ChannelSettings.defaults().builder(server.grpc()).build();
  }

  @AfterEach
  void theServerGoesOnAndItsStoreIsAsItWas() throws InterruptedException {
    channel.shutdownNow();
    assertThat(channel.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(server.process().isAlive()).isTrue();
    assertThat(server.leads()).isTrue();
    withClient(
        client -> {
          assertThat(client.store().scan(Bytes.utf8(""))).contains(new KeyValue(KEY, VALUE));
          assertThat(client.store().get(KEY)).contains(VALUE);
          try (var stream = client.heartbeat()) {
            assertThat(stream.handshake().getHeader().hasError()).isFalse();
          }
        });
  }

  @Test
  void aHeartbeatWithoutHeader() {
    StatusRuntimeException failure = streamFailure(HeartbeatRequest.getDefaultInstance());

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.getStatus().getDescription()).isEqualTo("Missing request header");
    assertThat(errorCode(failure)).isEqualTo(1004);
  }

  @Test
  void aProcedureWithoutHeader() {
    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                ProcedureServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(CALL_TIME)
                    .ddl(DdlTaskRequest.getDefaultInstance()));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.getStatus().getDescription()).isEqualTo("Missing request header");
    assertThat(errorCode(failure)).isEqualTo(1004);
  }

  @Test
  void aHeaderWithARoleNobodyKnows() {
    StatusRuntimeException failure =
        streamFailure(
            HeartbeatRequest.newBuilder()
                .setHeader(RequestHeader.newBuilder().setMemberId(1).setRoleValue(77))
                .build());

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.getStatus().getDescription()).contains("invalid role").contains("77");
    assertThat(errorCode(failure)).isEqualTo(1004);
  }

  @Test
  void bytesThatAreNoMessage() {
    StatusRuntimeException failure =
        putFailure(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, 1, 2, 3});

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(failure.getStatus().getDescription()).contains("protobuf");
    assertThat(newWarnings())
        .singleElement()
        .asString()
        .contains("greptime.v1.meta.Store/Put")
        .contains("could not be decoded");
  }

  @Test
  void aMessageThatEndsInTheMiddle() {
    // Field 2, ten bytes long, of which two follow.
    StatusRuntimeException failure = putFailure(new byte[] {0x12, 10, 'a', 'b'});

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(newWarnings()).hasSize(1);
  }

  @Test
  void aMessageOf600MiB() {
    try (RawCall call = new RawCall(server.grpc())) {
      call.send("/greptime.v1.meta.Store/Put", 600 << 20);

      assertThat(call.trailers())
          .contains("grpc-status: 11")
          .contains(
              "Error, decoded message length too large: found 629145600 bytes, the limit is:"
                  + " 536870912 bytes");
    }
    assertThat(newWarnings()).singleElement().asString().contains("found 629145600 bytes");
  }

  @Test
  void aClientThatSpeaksTlsToThePlainPort() throws InterruptedException {
    ManagedChannel secure =
        ChannelSettings.defaults()
            .withTls(new ClientTls(Optional.empty(), Optional.empty(), Optional.empty()))
            .builder(server.grpc())
            .build();
    try {
      StatusRuntimeException failure =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  ProcedureServiceGrpc.newBlockingStub(secure)
                      .withDeadlineAfter(CALL_TIME)
                      .ddl(DdlTaskRequest.getDefaultInstance()));

      assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    } finally {
      secure.shutdownNow();
      assertThat(secure.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(newWarnings())
        .first()
        .asString()
        .contains("it speaks TLS, and grpc.tls.mode is disable");
  }

  private interface Use {
    void of(MetaClient client);
  }

  private static void withClient(Use use) {
    try (MetaClient client = server.client()) {
      use.of(client);
    }
  }

  /** How a heartbeat stream ends whose first message is this one. */
  private StatusRuntimeException streamFailure(HeartbeatRequest first) {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    StreamObserver<HeartbeatRequest> requests =
        HeartbeatGrpc.newStub(channel).heartbeat(new EndOf<HeartbeatResponse>(end));
    requests.onNext(first);
    return (StatusRuntimeException) end.orTimeout(CALL_TIME.toSeconds(), TimeUnit.SECONDS).join();
  }

  private record EndOf<T>(CompletableFuture<Throwable> end) implements StreamObserver<T> {
    @Override
    public void onNext(T value) {
      end.completeExceptionally(new AssertionError("was answered: " + value));
    }

    @Override
    public void onError(Throwable failure) {
      end.complete(failure);
    }

    @Override
    public void onCompleted() {
      end.completeExceptionally(new AssertionError("ended without an error"));
    }
  }

  private StatusRuntimeException putFailure(byte[] message) {
    MethodDescriptor<byte[], byte[]> put =
        MethodDescriptor.newBuilder(new AsTheyAre(), new AsTheyAre())
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("greptime.v1.meta.Store/Put")
            .build();
    return catchThrowableOfType(
        StatusRuntimeException.class,
        () ->
            ClientCalls.blockingUnaryCall(
                channel,
                put,
                CallOptions.DEFAULT.withDeadlineAfter(CALL_TIME.toSeconds(), TimeUnit.SECONDS),
                message));
  }

  /** Sends bytes as they are. */
  private static final class AsTheyAre implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] bytes) {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static int errorCode(StatusRuntimeException failure) {
    return ErrorTrailers.read(failure).code().number();
  }

  /** What the operator sees of it: the warnings and errors logged since the test began. */
  private List<String> newWarnings() {
    return Eventually.present(
        "a warning in the log",
        CALL_TIME,
        () -> {
          List<String> all = warnings();
          return all.size() > linesBefore
              ? Optional.of(all.subList(linesBefore, all.size()))
              : Optional.empty();
        });
  }

  private static List<String> warnings() {
    return server
        .output()
        .lines()
        .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
        .toList();
  }
}
