package io.metasrv.adapters.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.metasrv.application.port.NodeStream;
import io.metasrv.application.port.StreamEnd;
import io.metasrv.protocol.v1.meta.ConfigGrpc;
import io.metasrv.protocol.v1.meta.HeartbeatGrpc;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.protocol.v1.meta.PullConfigRequest;
import io.metasrv.protocol.v1.meta.RangeRequest;
import io.metasrv.protocol.v1.meta.RangeResponse;
import io.metasrv.protocol.v1.meta.StoreGrpc;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GrpcServerLifeTest {

  @Test
  void givenAPortInUse_whenStarted_thenTheErrorNamesItAndWhatToDo() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String address = "127.0.0.1:" + taken.getLocalPort();

      assertThatThrownBy(() -> new RunningServer(o -> GrpcServerOptions.on(address, "a:1")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("could not listen for gRPC on " + address)
          .hasMessageContaining("in use")
          .hasMessageContaining("grpc.bind_addr");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:-1", ""})
  void givenAnAddressThatIsNone_whenStarted_thenTheErrorSaysWhatIsExpected(String address) {
    assertThatThrownBy(() -> BindAddress.parse(address))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("\"" + address + "\"")
        .hasMessageContaining("expected host:port");
  }

  @Test
  void givenAHostNobodyKnows_whenStarted_thenTheErrorSaysSo() {
    assertThatThrownBy(() -> BindAddress.parse("no-such-host.invalid:3002"))
        .hasMessageContaining("no address is known for host \"no-such-host.invalid\"");
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0:3002,3002", "[::1]:7,7", "localhost:80,80", ":9,9"})
  void givenAnAddress_thenItIsRead(String text, int port) throws IOException {
    assertThat(BindAddress.parse(text).getPort()).isEqualTo(port);
  }

  @Test
  void givenARunningServer_whenStopped_thenThePortIsFreeAndNoThreadIsLeft() throws Exception {
    // Servers of other tests in this JVM may still be dying.
    Set<Thread> others = Thread.getAllStackTraces().keySet();
    RunningServer server = new RunningServer();
    int port = server.port();
    ConfigGrpc.newBlockingStub(server.channel()).pullConfig(PullConfigRequest.getDefaultInstance());

    server.stop(Duration.ofSeconds(5));
    server.stop(Duration.ofSeconds(5));
    server.close();

    assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
        .isInstanceOf(ConnectException.class);
    List<Thread> ours =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("metasrv-grpc"))
            .filter(thread -> !others.contains(thread))
            .toList();
    for (Thread thread : ours) {
      // Its event loop is over; the thread itself needs a moment to die.
      assertThat(thread.join(Duration.ofSeconds(10))).as(thread.getName()).isTrue();
    }
  }

  @Test
  void givenACallUnderWay_whenStopped_thenItMayFinish() throws Exception {
    RunningServer server = new RunningServer();
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    server.services.range =
        request -> {
          arrived.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return RangeResponse.newBuilder().setHeader(CannedServices.OK).build();
        };
    BlockingQueue<Object> outcome = new LinkedBlockingQueue<>();
    StoreGrpc.newStub(server.channel())
        .range(RangeRequest.getDefaultInstance(), new Recording<RangeResponse>(outcome));
    arrived.await();

    server.server().drain();
    release.countDown();

    assertThat(outcome.poll(10, TimeUnit.SECONDS))
        .isEqualTo(RangeResponse.newBuilder().setHeader(CannedServices.OK).build());
    server.stop(Duration.ofSeconds(10));
    server.close();
  }

  @Test
  void givenAnOpenHeartbeatStream_whenStopped_thenItEndsAsShuttingDown() throws Exception {
    RunningServer server = new RunningServer();
    CountDownLatch opened = new CountDownLatch(1);
    server.services.streams =
        (NodeStream stream) -> {
          opened.countDown();
          while (stream.receive().isPresent()) {
            stream.send(HeartbeatResponse.getDefaultInstance());
          }
          stream.end(new StreamEnd.Completed());
        };
    BlockingQueue<Object> outcome = new LinkedBlockingQueue<>();
    StreamObserver<HeartbeatRequest> requests =
        HeartbeatGrpc.newStub(server.channel())
            .heartbeat(new Recording<HeartbeatResponse>(outcome));
    requests.onNext(HeartbeatRequest.getDefaultInstance());
    opened.await();
    outcome.poll(10, TimeUnit.SECONDS);
    assertThat(server.server().openStreams()).isEqualTo(1);

    server.stop(Duration.ofSeconds(10));

    Status status = Status.fromThrowable((Throwable) outcome.poll(10, TimeUnit.SECONDS));
    assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(status.getDescription())
        .isEqualTo("The requested metasrv node is shutting down, node addr: 10.9.8.7:3002");
    assertThat(server.server().openStreams()).isZero();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "greptime.v1.meta.Heartbeat",
        "greptime.v1.meta.Store",
        "greptime.v1.meta.Cluster",
        "greptime.v1.meta.ProcedureService",
        "greptime.v1.meta.Config"
      })
  void givenARunningServer_whenItsHealthIsAsked_thenItServes(String service) throws Exception {
    try (RunningServer server = new RunningServer()) {
      assertThat(
              HealthGrpc.newBlockingStub(server.channel())
                  .check(HealthCheckRequest.newBuilder().setService(service).build())
                  .getStatus())
          .isEqualTo(ServingStatus.SERVING);
    }
  }

  @Test
  void givenReflection_whenServicesAreListed_thenAllAreThere() throws Exception {
    try (RunningServer server = new RunningServer()) {
      BlockingQueue<Object> outcome = new LinkedBlockingQueue<>();
      StreamObserver<ServerReflectionRequest> requests =
          ServerReflectionGrpc.newStub(server.channel())
              .serverReflectionInfo(new Recording<ServerReflectionResponse>(outcome));
      requests.onNext(ServerReflectionRequest.newBuilder().setListServices("*").build());
      requests.onNext(
          ServerReflectionRequest.newBuilder()
              .setFileContainingSymbol("greptime.v1.meta.ProcedureService")
              .build());

      ServerReflectionResponse list = (ServerReflectionResponse) outcome.poll(10, TimeUnit.SECONDS);
      assertThat(list).isNotNull();
      assertThat(
              list.getListServicesResponse().getServiceList().stream()
                  .map(ServiceResponse::getName))
          .contains(
              "greptime.v1.meta.Heartbeat",
              "greptime.v1.meta.Store",
              "greptime.v1.meta.Cluster",
              "greptime.v1.meta.ProcedureService",
              "greptime.v1.meta.Config",
              "grpc.health.v1.Health");
      ServerReflectionResponse file = (ServerReflectionResponse) outcome.poll(10, TimeUnit.SECONDS);
      assertThat(file).isNotNull();
      assertThat(file.getFileDescriptorResponse().getFileDescriptorProtoCount()).isPositive();
      requests.onCompleted();
    }
  }

  private record Recording<T>(BlockingQueue<Object> outcome) implements StreamObserver<T> {
    @Override
    public void onNext(T value) {
      outcome.add(value);
    }

    @Override
    public void onError(Throwable failure) {
      outcome.add(failure);
    }

    @Override
    public void onCompleted() {
      outcome.add("completed");
    }
  }
}
