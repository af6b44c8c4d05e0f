package io.metasrv.application.mailbox;

import io.metasrv.application.instruction.Instruction;
import io.metasrv.application.instruction.InstructionCodec;
import io.metasrv.application.instruction.InstructionReply;
import io.metasrv.application.metasrv.Term;
import io.metasrv.application.port.Promise;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.wire.ResponseHeaders;
import io.metasrv.domain.error.MailboxChannelClosedException;
import io.metasrv.domain.error.PusherNotFoundException;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.protocol.v1.meta.MailboxMessage;
import io.metasrv.protocol.v1.meta.MailboxMessageHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Sends instructions to connected nodes and awaits their replies (sheet 04 §5). Belongs to one
 * term, which is checked right before each message leaves. A reply that comes when nobody waits for
 * it any more is dropped and harms nobody. Thread-safe.
 */
public final class Mailbox {

  private final Term term;
  private final Pushers pushers;
  private final LongSupplier ids;
  private final Runtime runtime;
  private final String sender;

  /**
   * @param ids ids of messages: never the same twice, never 0, also across leaders
   * @param serverAddress the advertised address of this node
   */
  public Mailbox(
      Term term, Pushers pushers, LongSupplier ids, Runtime runtime, String serverAddress) {
    this.term = term;
    this.pushers = pushers;
    this.ids = ids;
    this.runtime = runtime;
    this.sender = "Metasrv@" + serverAddress;
  }

  /**
   * Sends an instruction to a node and returns at once.
   *
   * @param subject for people
   * @param timeout how long the reply may take, from now
   * @throws PusherNotFoundException if the node is not connected
   * @throws MailboxChannelClosedException if its stream ended meanwhile
   * @throws io.metasrv.domain.error.NotLeaderException if the term is over
   */
  public PendingReply send(
      MailboxTarget target, String subject, Instruction instruction, Duration timeout) {
    Pusher pusher = pusher(target);
    long id = ids.getAsLong();
    Promise<MailboxMessage> reply = pusher.expect(id, runtime);
    PendingReply pending =
        new PendingReply(id, pusher, reply, runtime.monotonic().plus(timeout), runtime);
    try {
      push(pusher, message(id, subject, target.toString(), instruction));
      return pending;
    } catch (RuntimeException e) {
      pending.close();
      throw e;
    }
  }

  /** Sends an instruction to a node and waits for its reply; throws as both halves do. */
  public InstructionReply call(
      MailboxTarget target, String subject, Instruction instruction, Duration timeout)
      throws InterruptedException {
    try (PendingReply pending = send(target, subject, instruction, timeout)) {
      return pending.await();
    }
  }

  /** Sends an instruction that is not answered; throws as {@link #send}. */
  public void sendOneWay(MailboxTarget target, String subject, Instruction instruction) {
    push(pusher(target), message(0, subject, target.toString(), instruction));
  }

  /**
   * Sends an instruction that is not answered to every node of a role. Nodes that cannot take it do
   * not keep it from the others.
   *
   * @throws io.metasrv.domain.error.NotLeaderException if the term is over
   */
  public BroadcastResult broadcast(NodeRole role, String subject, Instruction instruction) {
    List<Pusher> targets = pushers.ofRole(role);
    HeartbeatResponse message = message(0, subject, role.displayName() + " broadcast", instruction);
    term.check();
    List<PusherKey> missed = new ArrayList<>();
    for (Pusher target : targets) {
      if (!target.push(message)) {
        missed.add(target.key());
      }
    }
    return new BroadcastResult(targets.size() - missed.size(), missed);
  }

  private Pusher pusher(MailboxTarget target) {
    return pushers
        .find(target.key())
        .orElseThrow(() -> new PusherNotFoundException(target.key().toString()));
  }

  private void push(Pusher pusher, HeartbeatResponse message) {
    term.check();
    if (!pusher.push(message)) {
      throw new MailboxChannelClosedException(pusher.key().toString());
    }
  }

  private HeartbeatResponse message(long id, String subject, String to, Instruction instruction) {
    return HeartbeatResponse.newBuilder()
        .setHeader(ResponseHeaders.success())
        .setMailboxMessage(
            MailboxMessage.newBuilder()
                .setId(id)
                .setSubject(subject)
                .setFrom(sender)
                .setTo(to)
                .setTimestampMillis(runtime.wallClock().toEpochMilli())
                .setJson(InstructionCodec.encode(instruction))
                .setHeader(MailboxMessageHeader.getDefaultInstance()))
        .build();
  }
}
