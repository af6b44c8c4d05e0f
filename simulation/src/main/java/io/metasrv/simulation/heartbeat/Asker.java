package io.metasrv.simulation.heartbeat;

import io.metasrv.application.instruction.Instruction;
import io.metasrv.application.instruction.Instruction.FlushErrors;
import io.metasrv.application.instruction.Instruction.FlushStrategy;
import io.metasrv.application.mailbox.MailboxTarget;
import io.metasrv.application.mailbox.PendingReply;
import io.metasrv.application.port.Task;
import io.metasrv.domain.Peer;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.MailboxChannelClosedException;
import io.metasrv.domain.error.MailboxTimeoutException;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.PusherNotFoundException;
import io.metasrv.simulation.cluster.SimulatedDatanode;
import io.metasrv.simulation.heartbeat.MailboxJudge.Answer;
import io.metasrv.simulation.heartbeat.MailboxJudge.Question;
import io.metasrv.simulation.kernel.SimulatedProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks datanodes one harmless question after the other, for a term. */
final class Asker {

  private static final RegionId NOBODYS = RegionId.of(new TableId(7), 7);

  private static final Instruction QUESTION =
      new Instruction.FlushRegions(
          List.of(NOBODYS), FlushStrategy.SYNC, FlushErrors.FAIL_FAST, Optional.empty());

  /** Waiting for a reply ends with the term: nobody has to be patient for it. */
  private static final Duration AT_ONCE = Duration.ofMillis(100);

  private final WatchedTerm watched;
  private final HeartbeatJudge judge;
  private final MailboxJudge mailboxJudge;
  private final Violations violations;
  private final int datanodes;
  private final SimulatedProcess process;
  private @Nullable Task task;
  private boolean waits;

  Asker(
      WatchedTerm watched,
      HeartbeatJudge judge,
      MailboxJudge mailboxJudge,
      Violations violations,
      int datanodes) {
    this.watched = watched;
    this.judge = judge;
    this.mailboxJudge = mailboxJudge;
    this.violations = violations;
    this.datanodes = datanodes;
    this.process = watched.process();
  }

  void start() {
    task = process.start("asker", this::run);
  }

  private void run() throws InterruptedException {
    while (watched.term().isHeld()) {
      process.sleep(Duration.ofMillis(50 + process.random().nextInt(1_000)));
      long datanode = 1L + process.random().nextInt(datanodes);
      try {
        ask(datanode);
      } catch (PusherNotFoundException absent) {
        judge.notFound(watched.term(), datanode);
      } catch (MetasrvException notSent) {
        process.note("not asked", notSent.getClass().getSimpleName());
      }
    }
  }

  private void ask(long datanode) throws InterruptedException {
    Duration timeout = Duration.ofMillis(100 + process.random().nextInt(3_000));
    MailboxTarget target =
        MailboxTarget.datanode(new Peer(datanode, SimulatedDatanode.address(datanode)));
    try (PendingReply pending =
        watched.parts().mailbox().send(target, "question", QUESTION, timeout)) {
      Question question = mailboxJudge.asked(process, pending, datanode, timeout);
      waits = true;
      Answer answer = await(pending, question);
      waits = false;
      mailboxJudge.over(question, answer);
    }
  }

  private Answer await(PendingReply pending, Question question) throws InterruptedException {
    try {
      mailboxJudge.replied(question, pending.awaitMessage());
      return Answer.REPLY;
    } catch (MailboxTimeoutException timeout) {
      return Answer.TIMEOUT;
    } catch (MailboxChannelClosedException closed) {
      return Answer.CLOSED;
    }
  }

  /** The term is over: whoever waits for a reply must have been told already. */
  void stop() throws InterruptedException {
    Task running = task;
    if (running == null) {
      return;
    }
    long held = process.timesHeld();
    if (waits && !running.join(AT_ONCE) && waits && process.timesHeld() == held) {
      violations.add("a reply is waited for although %s is over".formatted(watched));
    }
    running.cancel();
    running.join();
  }
}
