package io.metasrv.application.heartbeat;

import static io.metasrv.application.heartbeat.LeaderFixture.handshake;
import static io.metasrv.application.heartbeat.LeaderFixture.heartbeat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.instruction.Instruction;
import io.metasrv.application.mailbox.MailboxTarget;
import io.metasrv.application.mailbox.PusherKey;
import io.metasrv.application.metrics.MetricNames;
import io.metasrv.application.port.StreamEnd;
import io.metasrv.domain.Peer;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.protocol.v1.meta.AskLeaderRequest;
import io.metasrv.protocol.v1.meta.HeartbeatConfig;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.protocol.v1.meta.MailboxMessage;
import io.metasrv.protocol.v1.meta.Role;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HeartbeatSessionTest {

  private final LeaderFixture metasrv = LeaderFixture.leading();

  @AfterEach
  void stop() throws InterruptedException {
    metasrv.close();
  }

  @Test
  @DisplayName("sheet 04 case 1, sheet 01 case 22: a first message without header")
  void givenNoHeader_whenSent_thenInvalidArgumentAndNoPusher() throws InterruptedException {
    NodeEnd node = metasrv.connect(HeartbeatRequest.getDefaultInstance());

    assertThat(node.awaitEnd())
        .isInstanceOfSatisfying(
            StreamEnd.Failed.class,
            failed -> {
              assertThat(failed.cause().code()).isEqualTo(StatusCode.INVALID_ARGUMENTS);
              assertThat(failed.cause()).hasMessage("Missing request header");
            });
    assertThat(metasrv.term().parts().pushers().size()).isZero();
    assertThat(node.responses()).isEmpty();
  }

  @Test
  @DisplayName("sheet 04 case 2, sheet 01 cases 23-25: the handshake's configuration")
  void givenAHandshake_thenTheConfigurationOfTheRoleComesOnceAndOnlyThen()
      throws InterruptedException {
    assertThat(configOf(Role.DATANODE)).isEqualTo(config(3000, 3000));
    assertThat(configOf(Role.FRONTEND)).isEqualTo(config(18000, 3000));
    assertThat(configOf(Role.FLOWNODE)).isEqualTo(config(3000, 3000));

    NodeEnd node = metasrv.connect(handshake(Role.DATANODE, 7)).sends(handshake(Role.DATANODE, 7));
    assertThat(node.response(1).hasHeartbeatConfig()).isTrue();
    assertThat(node.response(1).getHeader().getProtocolVersion()).isEqualTo(1);
    assertThat(node.response(2).hasHeartbeatConfig()).isFalse();
  }

  private HeartbeatConfig configOf(Role role) throws InterruptedException {
    return metasrv.connect(handshake(role, 9)).response(1).getHeartbeatConfig();
  }

  private static HeartbeatConfig config(long interval, long retry) {
    return HeartbeatConfig.newBuilder()
        .setHeartbeatIntervalMs(interval)
        .setRetryIntervalMs(retry)
        .build();
  }

  @Test
  @DisplayName("sheet 04 case 3, sheet 01 case 30: a follower refuses and registers nothing")
  void givenAFollower_whenADatanodeHandshakes_thenNotLeaderWithConfigThenAborted()
      throws InterruptedException {
    LeaderFixture follower = new LeaderFixture();
    NodeEnd node = follower.connect(handshake(Role.DATANODE, 7));

    assertThat(node.awaitEnd()).isEqualTo(new StreamEnd.NotLeader(LeaderFixture.ADDRESS));
    HeartbeatResponse response = node.response(1);
    assertThat(response.getHeader().getError().getCode()).isEqualTo(2);
    assertThat(response.hasHeartbeatConfig()).isTrue();
    assertThat(response.hasRegionLease()).isFalse();
    assertThat(follower.metrics.value(MetricNames.HEARTBEAT_CONNECTION_NUM)).isZero();
    follower.close();
  }

  @Test
  @DisplayName("sheet 04 case 4, sheet 01 case 31: a step-down ends every stream at once")
  void givenRunningStreams_whenTheLeaderStepsDown_thenAbortedWithoutAHeartbeat()
      throws InterruptedException {
    NodeEnd datanode = metasrv.connect(handshake(Role.DATANODE, 7));
    NodeEnd frontend = metasrv.connect(handshake(Role.FRONTEND, 0));
    datanode.response(1);
    frontend.response(1);

    metasrv.stepsDown();

    assertThat(datanode.awaitEnd()).isEqualTo(new StreamEnd.NotLeader(LeaderFixture.ADDRESS));
    assertThat(frontend.awaitEnd()).isEqualTo(new StreamEnd.NotLeader(LeaderFixture.ADDRESS));
    assertThat(metasrv.term().parts().pushers().size()).isZero();
    assertThat(metasrv.metrics.value(MetricNames.HEARTBEAT_CONNECTION_NUM)).isZero();
    assertThat(metasrv.terms.current()).isEmpty();
  }

  @Test
  @DisplayName("sheet 04 case 4: a shutdown ends every stream with UNAVAILABLE")
  void givenARunningStream_whenTheProcessShutsDown_thenUnavailable() throws InterruptedException {
    NodeEnd node = waitForResponse(metasrv.connect(handshake(Role.DATANODE, 7)));

    metasrv.endpoint.shutDown();
    metasrv.stepsDown();

    assertThat(node.awaitEnd()).isEqualTo(new StreamEnd.ShuttingDown(LeaderFixture.ADDRESS));
    assertThat(metasrv.connect(handshake(Role.DATANODE, 8)).awaitEnd())
        .isEqualTo(new StreamEnd.ShuttingDown(LeaderFixture.ADDRESS));
  }

  @Test
  @DisplayName("sheet 04 case 5: a handshake leaves no trace")
  void givenAHandshake_thenNoLeaseKeyNoStatNoRegionLease() throws InterruptedException {
    NodeEnd node = metasrv.connect(handshake(Role.DATANODE, 7));

    assertThat(node.response(1).hasRegionLease()).isFalse();
    assertThat(metasrv.memoryKeys()).isEmpty();
    assertThat(metasrv.stored("__node_address/0/7")).isEmpty();
  }

  @Test
  @DisplayName("sheet 01 case 29: an unknown role")
  void givenRoleNine_thenInvalidArgument() throws InterruptedException {
    HeartbeatRequest.Builder request = handshake(Role.DATANODE, 1).toBuilder();
    request.getHeaderBuilder().setRoleValue(9);
    NodeEnd node = metasrv.connect(request.build());

    assertThat(node.awaitEnd())
        .isInstanceOfSatisfying(
            StreamEnd.Failed.class,
            failed ->
                assertThat(failed.cause())
                    .hasMessage(
                        "Invalid arguments: invalid role: Some(RequestHeader { protocol_version: 1,"
                            + " member_id: 1, role: 9, tracing_context: {} })"));
    assertThat(metasrv.term().parts().pushers().size()).isZero();
  }

  @Test
  @DisplayName("sheet 04 case 14, sheet 01 case 32: the late end of an old stream")
  void givenTwoStreamsOfOneNode_whenTheFirstEnds_thenTheSecondIsStillReached()
      throws InterruptedException {
    NodeEnd old = waitForResponse(metasrv.connect(handshake(Role.DATANODE, 7)));
    NodeEnd current = waitForResponse(metasrv.connect(handshake(Role.DATANODE, 7)));
    assertThat(metasrv.metrics.value(MetricNames.HEARTBEAT_CONNECTION_NUM)).isEqualTo(1);

    old.closes();
    assertThat(old.awaitEnd()).isEqualTo(new StreamEnd.Completed());

    assertThat(metasrv.term().parts().pushers().find(PusherKey.datanode(7))).isPresent();
    assertThat(metasrv.metrics.value(MetricNames.HEARTBEAT_CONNECTION_NUM)).isEqualTo(1);
    metasrv.term().caches().invalidate(java.util.List.of());
    assertThat(current.response(2).getMailboxMessage().getTo()).isEqualTo("Datanode broadcast");
  }

  @Test
  void givenAReplacedStream_whenTheLeaderStepsDown_thenItEndsAsTheOthersDo()
      throws InterruptedException {
    NodeEnd old = waitForResponse(metasrv.connect(handshake(Role.DATANODE, 7)));
    waitForResponse(metasrv.connect(handshake(Role.DATANODE, 7)));

    metasrv.stepsDown();

    assertThat(old.awaitEnd()).isEqualTo(new StreamEnd.NotLeader(LeaderFixture.ADDRESS));
  }

  @Test
  void givenAStreamThatArrivesLateAndIsGivenUp_thenTheNodeIsReachedThroughTheOneItReads()
      throws InterruptedException {
    NodeEnd read = waitForResponse(metasrv.connect(handshake(Role.DATANODE, 7)));
    NodeEnd late = waitForResponse(metasrv.connect(handshake(Role.DATANODE, 7)));

    late.closes();
    assertThat(late.awaitEnd()).isEqualTo(new StreamEnd.Completed());

    metasrv.term().caches().invalidate(java.util.List.of());
    assertThat(read.response(2).getMailboxMessage().getTo()).isEqualTo("Datanode broadcast");
    assertThat(metasrv.metrics.value(MetricNames.HEARTBEAT_CONNECTION_NUM)).isEqualTo(1);
    metasrv
        .term()
        .mailbox()
        .send(
            MailboxTarget.datanode(new Peer(7, "127.0.0.1:4001")),
            "Suspend",
            new Instruction.Suspend(),
            Duration.ofSeconds(1))
        .close();
    assertThat(read.response(3).getMailboxMessage().getSubject()).isEqualTo("Suspend");
  }

  @Test
  void givenAStreamThatEnds_thenAtThatMomentTheNodeIsNotReachedThroughItAnyMore()
      throws InterruptedException {
    AtomicInteger reached = new AtomicInteger(-1);
    NodeEnd node = waitForResponse(metasrv.connect(handshake(Role.DATANODE, 7)));
    node.atItsEnd(() -> reached.set(metasrv.term().parts().pushers().size()));

    node.closes().awaitEnd();

    assertThat(reached).hasValue(0);
  }

  @Test
  @DisplayName("sheet 01 case 34: a reply nobody waits for does no harm")
  void givenAReplyWithAnUnknownId_thenTheHeartbeatIsAnsweredNormally() throws InterruptedException {
    NodeEnd node = metasrv.connect(handshake(Role.DATANODE, 7));
    node.sends(
        heartbeat(Role.DATANODE, 7)
            .setMailboxMessage(MailboxMessage.newBuilder().setId(999).setJson("{}"))
            .build());
    node.sends(handshake(Role.DATANODE, 7));

    assertThat(node.response(2).getHeader().hasError()).isFalse();
    assertThat(node.response(2).hasRegionLease()).isFalse();
    assertThat(node.response(3).getHeader().hasError()).isFalse();
    assertThat(metasrv.metrics.value(MetricNames.MAILBOX_LATE_REPLIES)).isEqualTo(1);
  }

  @Test
  void givenALeaseThatRanOutWhileTheChainRan_thenNoLeaseLeaves() throws InterruptedException {
    LeaderFixture paused =
        new LeaderFixture(
            HeartbeatOptions.defaults(),
            HeartbeatExtensions.NONE.withCustomizers(
                java.util.List.of(
                    chain ->
                        chain.addAfter(
                            "CollectStatsHandler", new HandlerRecipe("Pause", PausesFor::new)))));
    paused.elected();
    NodeEnd node = paused.connect(heartbeat(Role.DATANODE, 1).build());

    assertThat(node.awaitEnd()).isEqualTo(new StreamEnd.NotLeader(LeaderFixture.ADDRESS));
    assertThat(node.responses())
        .allSatisfy(response -> assertThat(response.hasRegionLease()).isFalse());
    paused.close();
  }

  /** The process stands still for longer than any lease. */
  private record PausesFor(HeartbeatParts parts) implements HeartbeatHandler {
    @Override
    public boolean accepts(io.metasrv.domain.heartbeat.NodeRole role) {
      return true;
    }

    @Override
    public Outcome handle(HeartbeatExchange exchange) {
      ((io.metasrv.application.support.ManualRuntime) parts.context().runtime())
          .advance(Duration.ofDays(366));
      return Outcome.CONTINUE;
    }
  }

  @Test
  void givenFrontends_whenTheyComeAndGo_thenTheirSeriesGoToo() throws InterruptedException {
    NodeEnd first = waitForResponse(metasrv.connect(handshake(Role.FRONTEND, 0)));
    NodeEnd second = waitForResponse(metasrv.connect(handshake(Role.FRONTEND, 0)));
    assertThat(metasrv.metrics.value(MetricNames.HEARTBEAT_RECV, "Frontend-0")).isEqualTo(1);
    assertThat(metasrv.metrics.value(MetricNames.HEARTBEAT_CONNECTION_NUM)).isEqualTo(2);

    first.closes();
    second.closes();
    first.awaitEnd();
    second.awaitEnd();
    metasrv.close();

    assertThat(metasrv.metrics.has(MetricNames.HEARTBEAT_RECV, "Frontend-0")).isFalse();
    assertThat(metasrv.metrics.has(MetricNames.HEARTBEAT_RECV, "Frontend-1")).isFalse();
  }

  @Test
  void givenASecondTerm_thenEverythingEqualsAFreshStart() throws InterruptedException {
    NodeEnd node = metasrv.connect(heartbeat(Role.DATANODE, 1).build());
    node.response(1);
    assertThat(metasrv.memoryKeys()).isNotEmpty();
    metasrv.stepsDown();
    assertThat(metasrv.endpoint)
        .satisfies(
            endpoint ->
                assertThatThrownBy(() -> endpoint.askLeader(AskLeaderRequest.getDefaultInstance()))
                    .isInstanceOfSatisfying(
                        MetasrvException.class,
                        e -> assertThat(e.code()).isEqualTo(StatusCode.INTERNAL)));

    metasrv.elected();

    assertThat(metasrv.memoryKeys()).isEmpty();
    assertThat(metasrv.term().parts().pushers().size()).isZero();
    assertThat(metasrv.endpoint.askLeader(AskLeaderRequest.getDefaultInstance()).getLeader())
        .isEqualTo(
            io.metasrv.protocol.v1.meta.Peer.newBuilder().setAddr(LeaderFixture.ADDRESS).build());
  }

  private static NodeEnd waitForResponse(NodeEnd node) throws InterruptedException {
    node.response(1);
    return node;
  }
}
