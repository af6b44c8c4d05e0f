package io.metasrv.application.heartbeat;

import static io.metasrv.application.heartbeat.LeaderFixture.handshake;
import static io.metasrv.application.heartbeat.LeaderFixture.heartbeat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.instruction.CacheIdent;
import io.metasrv.application.instruction.Instruction;
import io.metasrv.application.instruction.InstructionReply;
import io.metasrv.application.mailbox.BroadcastResult;
import io.metasrv.application.mailbox.Mailbox;
import io.metasrv.application.mailbox.MailboxTarget;
import io.metasrv.application.mailbox.PendingReply;
import io.metasrv.application.mailbox.PusherKey;
import io.metasrv.application.port.StreamEnd;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.Peer;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.MailboxChannelClosedException;
import io.metasrv.domain.error.MailboxTimeoutException;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.error.PusherNotFoundException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.protocol.v1.meta.MailboxMessage;
import io.metasrv.protocol.v1.meta.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InstructionsToNodesTest {

  private static final Peer DATANODE = new Peer(7, "127.0.0.1:24107");
  private static final MailboxTarget TARGET = MailboxTarget.datanode(DATANODE);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Instruction CLOSE =
      new Instruction.CloseRegions(
          List.of(new Instruction.RegionIdent(7, RegionId.of(new TableId(1024), 1), "")));

  private final LeaderFixture metasrv = LeaderFixture.leading();

  @AfterEach
  void stop() throws InterruptedException {
    metasrv.close();
  }

  private Mailbox mailbox() {
    return metasrv.term().mailbox();
  }

  private NodeEnd connected(Role role, long id) throws InterruptedException {
    NodeEnd node = metasrv.connect(handshake(role, id));
    node.response(1);
    return node;
  }

  @Test
  @DisplayName("sheet 01 case 33: an instruction and its reply")
  void givenAnInstruction_whenTheNodeReplies_thenTheWaiterGetsItAndTheResponseIsAHeader()
      throws InterruptedException {
    NodeEnd node = connected(Role.DATANODE, 7);
    PendingReply pending = mailbox().send(TARGET, "Close regions", CLOSE, SECOND);

    MailboxMessage sent = node.response(2).getMailboxMessage();
    assertThat(sent.getId()).isEqualTo(pending.id()).isEqualTo(1);
    assertThat(sent.getFrom()).isEqualTo("Metasrv@127.0.0.1:23002");
    assertThat(sent.getTo()).isEqualTo("Datanode-7@127.0.0.1:24107");
    assertThat(sent.hasHeader()).isTrue();
    assertThat(node.response(2).hasHeartbeatConfig()).isFalse();
    node.sends(
        heartbeat(Role.DATANODE, 7)
            .setMailboxMessage(
                MailboxMessage.newBuilder()
                    .setId(sent.getId())
                    .setSubject(sent.getSubject())
                    .setJson("{\"type\":\"close_regions\",\"result\":true,\"error\":null}"))
            .build());

    assertThat(pending.await())
        .isEqualTo(new InstructionReply.CloseRegions(true, Optional.empty()));
    assertThat(node.response(3).hasHeader()).isTrue();
    assertThat(node.response(3).hasRegionLease()).isFalse();
    assertThat(node.response(3).hasMailboxMessage()).isFalse();
  }

  @Test
  @DisplayName("sheet 04 case 13, sheet 01 case 35: no reply within the timeout, then a late one")
  void givenNoReply_whenTheTimeHasPassed_thenTimeoutAndALateReplyIsHarmless()
      throws InterruptedException {
    NodeEnd node = connected(Role.DATANODE, 7);
    PendingReply pending = mailbox().send(TARGET, "Close regions", CLOSE, SECOND);

    metasrv.runtime.advance(Duration.ofMillis(1000));

    assertThatThrownBy(pending::await)
        .isInstanceOf(MailboxTimeoutException.class)
        .hasMessage("Mailbox timeout: 1");
    node.sends(
        heartbeat(Role.DATANODE, 7)
            .setMailboxMessage(MailboxMessage.newBuilder().setId(1).setJson("{}"))
            .build());
    assertThat(node.response(3).getHeader().hasError()).isFalse();
    assertThat(node.isEnded()).isFalse();
  }

  @Test
  @DisplayName("sheet 04 cases 4 and 14: waiters die with the stream, by end or replacement")
  void givenAWaiter_whenTheStreamIsReplacedOrEnds_thenChannelClosed() throws InterruptedException {
    connected(Role.DATANODE, 7);
    PendingReply replaced = mailbox().send(TARGET, "Close regions", CLOSE, SECOND);
    NodeEnd current = connected(Role.DATANODE, 7);
    assertChannelClosed(replaced);

    PendingReply ended = mailbox().send(TARGET, "Close regions", CLOSE, SECOND);
    current.closes();
    current.awaitEnd();
    assertChannelClosed(ended);

    connected(Role.DATANODE, 7);
    PendingReply steppedDown = mailbox().send(TARGET, "Close regions", CLOSE, SECOND);
    metasrv.stepsDown();
    assertChannelClosed(steppedDown);
  }

  private static void assertChannelClosed(PendingReply pending) {
    assertThatThrownBy(pending::await)
        .isInstanceOf(MailboxChannelClosedException.class)
        .hasMessage("Mailbox channel closed: Datanode-7");
  }

  @Test
  @DisplayName("sheet 01 case 36: a node without stream")
  void givenNoStream_thenPusherNotFound() {
    assertThatThrownBy(() -> mailbox().send(TARGET, "Close regions", CLOSE, SECOND))
        .isInstanceOf(PusherNotFoundException.class)
        .hasMessage("Pusher not found: Datanode-7");
    assertThatThrownBy(() -> mailbox().sendOneWay(TARGET, "Close regions", CLOSE))
        .isInstanceOf(PusherNotFoundException.class);
  }

  @Test
  @DisplayName("sheet 04 case 15, sheet 01 case 37: broadcasts")
  void givenNodesOfThreeRoles_whenBroadcasting_thenTheRoleAloneGetsItWithIdZero()
      throws InterruptedException {
    NodeEnd datanode = connected(Role.DATANODE, 7);
    NodeEnd flownode = connected(Role.FLOWNODE, 7);
    NodeEnd frontend = connected(Role.FRONTEND, 0);

    BroadcastResult result =
        mailbox()
            .broadcast(
                io.metasrv.domain.heartbeat.NodeRole.FRONTEND,
                "x",
                new Instruction.InvalidateCaches(List.of()));
    assertThat(result).isEqualTo(new BroadcastResult(1, List.of()));
    assertThat(frontend.response(2).getMailboxMessage().getId()).isZero();
    assertThat(frontend.response(2).getMailboxMessage().getTo()).isEqualTo("Frontend broadcast");
    assertThat(datanode.responses()).hasSize(1);

    BroadcastResult all =
        metasrv.term().caches().invalidate(List.of(new CacheIdent.OfTableId(new TableId(1024))));
    assertThat(all.reached()).isEqualTo(3);
    for (NodeEnd node : List.of(datanode, flownode)) {
      assertThat(node.response(2).getMailboxMessage().getJson())
          .isEqualTo("{\"InvalidateCaches\":[{\"TableId\":1024}]}");
    }
  }

  @Test
  void givenOneStalledNode_whenBroadcasting_thenTheOthersAreReachedAndItLosesItsStream()
      throws InterruptedException {
    NodeEnd stalled = connected(Role.DATANODE, 1);
    NodeEnd healthy = connected(Role.DATANODE, 2);
    stalled.stalls();

    BroadcastResult result = metasrv.term().caches().invalidate(List.of());

    assertThat(result.missed()).containsExactly(PusherKey.datanode(1));
    assertThat(healthy.response(2).hasMailboxMessage()).isTrue();
    assertThat(stalled.awaitEnd()).isInstanceOf(StreamEnd.SlowConsumer.class);
  }

  @Test
  @DisplayName("sheet 04 case 16: ids go on across leaders")
  void givenIdsReservedByAnotherLeader_thenOursAreAbove() throws InterruptedException {
    connected(Role.DATANODE, 7);
    assertThat(send()).isEqualTo(1);
    assertThat(metasrv.store.get(Bytes.utf8("__meta_seq-heartbeat_mailbox")))
        .contains(Bytes.hex("6500000000000000"));

    metasrv.stepsDown();
    metasrv.elected();
    connected(Role.DATANODE, 7);

    assertThat(send()).isEqualTo(101);
  }

  private long send() {
    try (PendingReply pending = mailbox().send(TARGET, "Close regions", CLOSE, SECOND)) {
      return pending.id();
    }
  }

  @Test
  void givenATermThatIsOver_thenNothingIsSent() throws InterruptedException {
    NodeEnd node = connected(Role.DATANODE, 7);
    Mailbox old = mailbox();
    metasrv.stepsDown();

    assertThatThrownBy(() -> old.send(TARGET, "Close regions", CLOSE, SECOND))
        .isInstanceOf(PusherNotFoundException.class);
    assertThatThrownBy(
            () ->
                old.broadcast(
                    io.metasrv.domain.heartbeat.NodeRole.DATANODE,
                    "x",
                    new Instruction.InvalidateCaches(List.of())))
        .isInstanceOf(NotLeaderException.class);
    assertThat(node.responses()).hasSize(1);
  }

  @Test
  void givenAReplyWithoutPayload_thenTheErrorSaysSo() throws InterruptedException {
    NodeEnd node = connected(Role.DATANODE, 7);
    PendingReply pending = mailbox().send(TARGET, "Close regions", CLOSE, SECOND);
    node.sends(
        heartbeat(Role.DATANODE, 7)
            .setMailboxMessage(MailboxMessage.newBuilder().setId(1))
            .build());

    assertThatThrownBy(pending::await)
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("unexpected instruction reply")
        .hasMessageContaining("empty payload");
  }

  @Test
  void givenAReplyFromAnotherNode_thenTheWaiterGoesOnWaiting() throws InterruptedException {
    connected(Role.DATANODE, 7);
    NodeEnd stranger = connected(Role.DATANODE, 8);
    PendingReply pending = mailbox().send(TARGET, "Close regions", CLOSE, SECOND);

    stranger.sends(
        heartbeat(Role.DATANODE, 8)
            .setMailboxMessage(
                MailboxMessage.newBuilder()
                    .setId(1)
                    .setJson("{\"type\":\"close_regions\",\"result\":true,\"error\":null}"))
            .build());
    stranger.response(2);
    metasrv.runtime.advance(SECOND);

    assertThatThrownBy(pending::await).isInstanceOf(MailboxTimeoutException.class);
  }
}
