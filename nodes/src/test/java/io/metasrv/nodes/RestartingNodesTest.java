package io.metasrv.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.time.MonotonicTime;
import io.metasrv.nodes.instruction.CacheIdent;
import io.metasrv.protocol.v1.FlowId;
import io.metasrv.protocol.v1.TableName;
import io.metasrv.protocol.v1.flow.CreateRequest;
import io.metasrv.protocol.v1.flow.DropRequest;
import io.metasrv.protocol.v1.flow.FlowRequest;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.protocol.v1.meta.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("sheet 01 §14: frontends and flownodes")
class RestartingNodesTest {

  private static final Instant WALL = Instant.parse("2026-11-23T12:00:00Z");
  private static final Moment START = at(Duration.ZERO);

  private static Moment at(Duration sinceStart) {
    return new Moment(new MonotonicTime(sinceStart.toNanos()), WALL.plus(sinceStart));
  }

  private static Frontend frontend() {
    return new Frontend(NodeProfile.of(0, "127.0.0.1:4001", WALL), NodeObserver.NOBODY, START);
  }

  private static Flownode flownode() {
    return new Flownode(NodeProfile.of(1, "127.0.0.1:6800", WALL), NodeObserver.NOBODY, START);
  }

  @Test
  void givenAFrontend_whenConnected_thenItBeatsAtOnceAndThenEvery18Seconds() {
    Frontend frontend = frontend();

    HeartbeatRequest first =
        TestDatanode.sent(frontend.connected(TestDatanode.handshakeAnswer(18_000, 3_000), START))
            .getFirst();

    assertThat(frontend.handshake().getHeader().getRole()).isEqualTo(Role.FRONTEND);
    assertThat(frontend.handshake().hasPeer()).isFalse();
    assertThat(first.getPeer().getId()).isZero();
    assertThat(first.getPeer().getAddr()).isEqualTo("127.0.0.1:4001");
    assertThat(first.getNodeEpoch()).isZero();
    assertThat(first.hasFrontend()).isTrue();
    assertThat(first.getFrontend().getTypesList()).isEmpty();
    assertThat(first.getExtensionsMap()).isEmpty();
    assertThat(frontend.wake(at(Duration.ofMillis(17_999)))).isEmpty();
    assertThat(frontend.wake(at(Duration.ofSeconds(18)))).hasSize(1);
  }

  @Test
  void givenAFlownode_whenConnected_thenItSendsNeitherWorkloadsNorExtensions() {
    Flownode flownode = flownode();

    HeartbeatRequest first =
        TestDatanode.sent(flownode.connected(TestDatanode.handshakeAnswer(3_000, 3_000), START))
            .getFirst();
    HeartbeatRequest second =
        TestDatanode.sent(flownode.wake(at(Duration.ofSeconds(3)))).getFirst();

    assertThat(first.getHeader().getMemberId()).isEqualTo(1);
    assertThat(first.getNodeEpoch()).isEqualTo(WALL.toEpochMilli());
    assertThat(first.getNodeWorkloadsCase())
        .isEqualTo(HeartbeatRequest.NodeWorkloadsCase.NODEWORKLOADS_NOT_SET);
    assertThat(first.getExtensionsMap()).isEmpty();
    assertThat(first.hasFlowStat()).isFalse();
    assertThat(second.hasFlowStat()).isTrue();
  }

  @DisplayName("sheet 01 §14.3: they restart after the retry interval")
  @Test
  void givenTheResponsesEnded_whenTheRetryIntervalPasses_thenItConnectsWithNewIntervals() {
    Frontend frontend = frontend();
    assertThat(frontend.start(START)).containsExactly(new NodeAction.Connect());
    frontend.connected(TestDatanode.handshakeAnswer(18_000, 2_000), START);

    assertThat(frontend.responsesEnded(START)).isEmpty();
    assertThat(frontend.wake(at(Duration.ofMillis(1_999)))).isEmpty();
    assertThat(frontend.wake(at(Duration.ofSeconds(2)))).containsExactly(new NodeAction.Connect());
    frontend.connected(TestDatanode.handshakeAnswer(6_000, 2_000), at(Duration.ofSeconds(2)));

    assertThat(frontend.heartbeatInterval()).isEqualTo(Duration.ofSeconds(6));
    assertThat(frontend.nextWake()).contains(new MonotonicTime(Duration.ofSeconds(8).toNanos()));
  }

  @Test
  void givenSuspend_whenAFrontendGetsAPlainResponse_thenItEnds() {
    Frontend frontend = frontend();
    frontend.connected(TestDatanode.handshakeAnswer(18_000, 3_000), START);

    frontend.received(TestDatanode.instruction("\"Suspend\""), START);
    assertThat(frontend.isSuspended()).isTrue();
    frontend.received(HeartbeatResponse.getDefaultInstance(), START);

    assertThat(frontend.isSuspended()).isFalse();
  }

  @Test
  void givenTheRecordedResponses_whenReceived_thenCachesAreInvalidatedAndNothingIsAnswered()
      throws InvalidProtocolBufferException {
    Frontend frontend = frontend();
    Flownode flownode = flownode();
    frontend.connected(TestDatanode.handshakeAnswer(18_000, 3_000), START);
    flownode.connected(TestDatanode.handshakeAnswer(3_000, 3_000), START);

    for (byte[] raw : Recordings.responses("full.log", "fe0")) {
      assertThat(frontend.received(HeartbeatResponse.parseFrom(raw), START)).isEmpty();
    }
    for (byte[] raw : Recordings.responses("full.log", "fn1")) {
      assertThat(flownode.received(HeartbeatResponse.parseFrom(raw), START)).isEmpty();
    }

    assertThat(frontend.invalidated())
        .contains(new CacheIdent.FlownodeAddressChange(1))
        .hasSizeGreaterThan(10);
    assertThat(flownode.invalidated()).hasSizeGreaterThan(10);
  }

  @DisplayName("sheet 01 §12.2: the flow service")
  @Test
  void givenFlows_whenCreatedAndDropped_thenRepeatsAreRefusedUnlessAllowed() {
    Flownode flownode = flownode();
    CreateRequest create =
        CreateRequest.newBuilder()
            .setFlowId(FlowId.newBuilder().setId(1024))
            .setSinkTableName(TableName.newBuilder().setTableName("sink"))
            .setSql("SELECT max(cpu) FROM tp")
            .build();

    assertThat(flownode.handle(request(create), START).getAffectedFlowsList())
        .containsExactly(FlowId.newBuilder().setId(1024).build());
    assertRefused(StatusCode.FLOW_ALREADY_EXISTS, () -> flownode.handle(request(create), START));
    flownode.handle(request(create.toBuilder().setCreateIfNotExists(true).build()), START);
    flownode.handle(request(create.toBuilder().setOrReplace(true).build()), START);
    assertThat(flownode.flows()).isEqualTo(List.of(1024L));

    FlowRequest drop =
        FlowRequest.newBuilder()
            .setDrop(DropRequest.newBuilder().setFlowId(FlowId.newBuilder().setId(1024)))
            .build();
    flownode.handle(drop, START);
    assertRefused(StatusCode.FLOW_NOT_FOUND, () -> flownode.handle(drop, START));
    assertRefused(
        StatusCode.INVALID_ARGUMENTS,
        () -> flownode.handle(FlowRequest.getDefaultInstance(), START));
    assertRefused(
        StatusCode.INVALID_ARGUMENTS,
        () -> flownode.handle(request(CreateRequest.getDefaultInstance()), START));
  }

  private static FlowRequest request(CreateRequest create) {
    return FlowRequest.newBuilder().setCreate(create).build();
  }

  private static void assertRefused(
      StatusCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ServiceException.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }
}
