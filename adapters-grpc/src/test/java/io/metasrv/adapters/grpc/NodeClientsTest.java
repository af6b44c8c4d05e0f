package io.metasrv.adapters.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Metadata;
import io.grpc.Status;
import io.metasrv.application.port.Promise;
import io.metasrv.application.port.Task;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.domain.Peer;
import io.metasrv.domain.error.NodeException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.protocol.grpc.ChannelSettings;
import io.metasrv.protocol.grpc.ErrorTrailers;
import io.metasrv.protocol.v1.GreptimeRequest;
import io.metasrv.protocol.v1.GreptimeResponse;
import io.metasrv.protocol.v1.ResponseHeader;
import io.metasrv.protocol.v1.RowInsertRequests;
import io.metasrv.protocol.v1.flow.DropRequest;
import io.metasrv.protocol.v1.flow.FlowRequest;
import io.metasrv.protocol.v1.flow.FlowResponse;
import io.metasrv.protocol.v1.region.CloseRequest;
import io.metasrv.protocol.v1.region.RegionRequest;
import io.metasrv.protocol.v1.region.RegionResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class NodeClientsTest {

  private static final RegionRequest CLOSE =
      RegionRequest.newBuilder()
          .setClose(CloseRequest.newBuilder().setRegionId(4398046511104L))
          .build();
  private static final FlowRequest DROP_FLOW =
      FlowRequest.newBuilder().setDrop(DropRequest.getDefaultInstance()).build();
  private static final GreptimeRequest INSERT =
      GreptimeRequest.newBuilder().setRowInserts(RowInsertRequests.getDefaultInstance()).build();
  private static final RegionResponse OK =
      RegionResponse.newBuilder().setHeader(header(StatusCode.SUCCESS, "")).build();
  private static final Metadata.Key<String> ENCODING =
      Metadata.Key.of("grpc-encoding", Metadata.ASCII_STRING_MARSHALLER);

  private final VirtualThreadRuntime runtime = new VirtualThreadRuntime();
  private final GrpcDatanodeClient datanodes =
      new GrpcDatanodeClient(settings(ChannelSettings.uncompressed()), patience(), runtime);
  private final GrpcFlownodeClient flownodes =
      new GrpcFlownodeClient(settings(ChannelSettings.defaults()), patience(), runtime);
  private final GrpcFrontendClient frontends =
      new GrpcFrontendClient(settings(ChannelSettings.uncompressed()), patience(), runtime);

  private static ChannelSettings settings(ChannelSettings settings) {
    return settings.withConnectTimeout(Duration.ofSeconds(10));
  }

  private static Duration patience() {
    return Duration.ofSeconds(30);
  }

  private static ResponseHeader header(StatusCode code, String text) {
    return ResponseHeader.newBuilder()
        .setStatus(
            io.metasrv.protocol.v1.Status.newBuilder().setStatusCode(code.number()).setErrMsg(text))
        .build();
  }

  @AfterEach
  void closeClients() {
    datanodes.close();
    flownodes.close();
    frontends.close();
  }

  private static NodeException failureOf(ThrowingCallable call) {
    NodeException[] caught = new NodeException[1];
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(NodeException.class, failure -> caught[0] = failure);
    return caught[0];
  }

  @Test
  void givenADatanode_whenAsked_thenItsAnswerArrivesAndNothingIsCompressed() throws Exception {
    try (NodeServer datanode = NodeServer.datanode()) {
      datanode.region = NodeServer.always(OK.toBuilder().setAffectedRows(3).build());

      RegionResponse answer = datanodes.handle(datanode.peer(), CLOSE);

      assertThat(answer.getAffectedRows()).isEqualTo(3);
      assertThat(datanode.headers.getFirst().get(ENCODING)).isNull();
    }
  }

  @DisplayName("sheet 01 §12.1: an error inside the answer is fatal, with the datanode's code")
  @Test
  void givenAnErrorInTheAnswer_thenItIsNotRetryable() throws Exception {
    try (NodeServer datanode = NodeServer.datanode()) {
      datanode.region =
          NodeServer.always(
              RegionResponse.newBuilder()
                  .setHeader(header(StatusCode.REGION_NOT_READY, "Region 1 is not ready"))
                  .build());

      NodeException failure = failureOf(() -> datanodes.handle(datanode.peer(), CLOSE));

      assertThat(failure.isRetryable()).isFalse();
      assertThat(failure.code()).isEqualTo(StatusCode.REGION_NOT_READY);
      assertThat(failure).hasMessageContaining("Region close request to datanode peer-7(127.0.0.1");
      assertThat(ErrorTrailers.publicMessage(failure)).isEqualTo("Region 1 is not ready");
    }
  }

  @DisplayName("sheet 01 §12.1: exactly three gRPC codes are retryable, whatever the node's code")
  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"OK"})
  void givenAStatus_thenTheGrpcCodeDecidesAboutRetrying(Status.Code code) throws Exception {
    try (NodeServer datanode = NodeServer.datanode()) {
      datanode.region =
          NodeServer.failing(
              Status.fromCode(code)
                  .withDescription("as it says")
                  .asException(ErrorTrailers.trailers(StatusCode.REGION_BUSY)));

      NodeException failure = failureOf(() -> datanodes.handle(datanode.peer(), CLOSE));

      boolean expected =
          code == Status.Code.UNAVAILABLE
              || code == Status.Code.CANCELLED
              || code == Status.Code.DEADLINE_EXCEEDED;
      assertThat(failure.isRetryable()).isEqualTo(expected);
      assertThat(failure.code()).isEqualTo(StatusCode.REGION_BUSY);
      assertThat(ErrorTrailers.publicMessage(failure)).isEqualTo("as it says");
    }
  }

  @Test
  void givenADatanodeThatDoesNotAnswer_whenTheTimeIsOver_thenItIsRetryable() throws Exception {
    try (NodeServer datanode = NodeServer.datanode();
        GrpcDatanodeClient impatient =
            new GrpcDatanodeClient(
                settings(ChannelSettings.uncompressed()), Duration.ofMillis(500), runtime)) {
      NodeException failure = failureOf(() -> impatient.handle(datanode.peer(), CLOSE));

      assertThat(failure.isRetryable()).isTrue();
      assertThat(failure.code()).isEqualTo(StatusCode.DEADLINE_EXCEEDED);
    }
  }

  @Test
  void givenNobodyAtTheAddress_thenItIsRetryableAndTheAddressIsNamed() throws Exception {
    Peer nobody = new Peer(3, "127.0.0.1:" + freePort());

    NodeException failure = failureOf(() -> datanodes.handle(nobody, CLOSE));

    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure.code()).isEqualTo(StatusCode.INTERNAL);
    assertThat(failure).hasMessageContaining("peer-3(" + nobody.address() + ")");
    assertThat(failure).hasMessageContaining("Connection refused");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void givenADatanodeThatComesBack_whenAskedAgain_thenItIsReachedAtOnce() throws Exception {
    int port = freePort();
    Peer peer = new Peer(7, "127.0.0.1:" + port);
    for (int i = 0; i < 5; i++) {
      assertThat(failureOf(() -> datanodes.handle(peer, CLOSE)).isRetryable()).isTrue();
    }

    try (NodeServer datanode = NodeServer.datanode(port)) {
      datanode.region = NodeServer.always(OK);
      assertThat(datanodes.handle(peer, CLOSE)).isEqualTo(OK);
    }
  }

  @Test
  void givenANodeOfAnotherRole_whenAskedForRegions_thenTheErrorAsksWhetherItIsADatanode()
      throws Exception {
    try (NodeServer flownode = NodeServer.flownode();
        NodeServer strange = NodeServer.datanode()) {
      strange.region = NodeServer.always(RegionResponse.getDefaultInstance());

      assertThat(failureOf(() -> datanodes.handle(flownode.peer(), CLOSE)))
          .hasMessageContaining("is it a datanode?")
          .returns(false, NodeException::isRetryable);
      assertThat(failureOf(() -> datanodes.handle(strange.peer(), CLOSE)))
          .hasMessageContaining("no status")
          .returns(false, NodeException::isRetryable);
    }
  }

  @Test
  void givenACallUnderWay_whenItsTaskIsCancelled_thenTheTaskIsInterrupted() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    Promise<String> outcome = runtime.promise();
    try (NodeServer datanode = NodeServer.datanode()) {
      datanode.region = (request, caller) -> arrived.countDown();
      Task task =
          runtime.start(
              "caller",
              () -> {
                try {
                  datanodes.handle(datanode.peer(), CLOSE);
                } catch (InterruptedException expected) {
                  outcome.complete("interrupted");
                } catch (NodeException wrong) {
                  outcome.complete("failed: " + wrong);
                }
              });
      arrived.await();

      task.cancel();

      assertThat(outcome.await()).isEqualTo("interrupted");
    }
  }

  @DisplayName("sheet 01 §12.2: only the trailers tell what a flownode means")
  @Test
  void givenAFlownodeThatRefuses_thenTheCodeOfTheTrailersCounts() throws Exception {
    try (NodeServer flownode = NodeServer.flownode()) {
      flownode.flow =
          NodeServer.failing(
              ErrorTrailers.toFlownodeStatus(StatusCode.FLOW_NOT_FOUND, "Flow not found: 1024"));

      NodeException failure =
          failureOf(() -> flownodes.handleCreateRemove(flownode.peer(), DROP_FLOW));

      assertThat(failure.code()).isEqualTo(StatusCode.FLOW_NOT_FOUND);
      assertThat(failure.isRetryable()).isFalse();
      assertThat(ErrorTrailers.publicMessage(failure)).isEqualTo("Flow not found: 1024");
    }
  }

  @Test
  void givenAFlownode_whenAsked_thenTheRequestIsCompressedAndAnAnswerWithoutHeaderIsFine()
      throws Exception {
    try (NodeServer flownode = NodeServer.flownode()) {
      flownode.flow = NodeServer.always(FlowResponse.newBuilder().setAffectedRows(1).build());

      assertThat(flownodes.handleCreateRemove(flownode.peer(), DROP_FLOW).getAffectedRows())
          .isEqualTo(1);
      assertThat(flownode.headers.getFirst().get(ENCODING)).isEqualTo("zstd");
    }
  }

  @DisplayName("sheet 01 §12.3: hints travel in a header, in order")
  @Test
  void givenHints_whenAFrontendIsAsked_thenTheyAreInTheHeader() throws Exception {
    LinkedHashMap<String, String> hints = new LinkedHashMap<>();
    hints.put("ttl", "2months 29days 2h 52m 48s");
    hints.put("append_mode", "true");
    try (NodeServer frontend = NodeServer.frontend()) {
      frontend.database =
          NodeServer.always(
              GreptimeResponse.newBuilder().setHeader(header(StatusCode.SUCCESS, "")).build());

      frontends.handle(frontend.peer(), INSERT, hints);

      assertThat(
              frontend
                  .headers
                  .getFirst()
                  .get(Metadata.Key.of("x-greptime-hints", Metadata.ASCII_STRING_MARSHALLER)))
          .isEqualTo("ttl=2months 29days 2h 52m 48s,append_mode=true");
    }
  }

  @Test
  void givenAFrontendThatRefuses_thenItsCodeArrives() throws Exception {
    try (NodeServer frontend = NodeServer.frontend()) {
      frontend.database =
          NodeServer.failing(ErrorTrailers.toStatus(StatusCode.TABLE_NOT_FOUND, "no such table"));

      assertThat(
              failureOf(() -> frontends.handle(frontend.peer(), INSERT, new LinkedHashMap<>()))
                  .code())
          .isEqualTo(StatusCode.TABLE_NOT_FOUND);
    }
  }
}
