package io.metasrv.simulation.heartbeat;

import io.metasrv.application.instruction.CacheIdent;
import io.metasrv.application.instruction.Instruction;
import io.metasrv.application.mailbox.BroadcastResult;
import io.metasrv.application.mailbox.Mailbox;
import io.metasrv.application.metasrv.TermComponent;
import io.metasrv.application.port.Task;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.simulation.kernel.SimulatedProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a leader says to its nodes in this scenario: questions that are answered, announcements that
 * are not.
 */
final class Asking implements TermComponent {

  /** More than waits for a node that does not read. */
  private static final int BURST = 4;

  private final WatchedTerm watched;
  private final HeartbeatJudge judge;
  private final Asker asker;
  private Optional<Task> announcer = Optional.empty();

  Asking(
      WatchedTerm watched,
      HeartbeatJudge judge,
      MailboxJudge mailboxJudge,
      Violations violations,
      int datanodes) {
    this.watched = watched;
    this.judge = judge;
    this.asker = new Asker(watched, judge, mailboxJudge, violations, datanodes);
  }

  @Override
  public String name() {
    return "asking";
  }

  @Override
  public void start() {
    judge.begins(watched);
    asker.start();
    announcer = Optional.of(watched.process().start("announcer", this::announce));
  }

  private void announce() throws InterruptedException {
    SimulatedProcess process = watched.process();
    Mailbox mailbox = watched.parts().mailbox();
    Instruction news =
        new Instruction.InvalidateCaches(List.of(new CacheIdent.OfTableId(new TableId(7))));
    try {
      while (watched.term().isHeld()) {
        process.sleep(Duration.ofMillis(process.random().nextInt(10_000)));
        for (int i = 0; i < BURST; i++) {
          BroadcastResult unused = mailbox.broadcast(NodeRole.DATANODE, "news", news);
        }
      }
    } catch (MetasrvException termOver) {
      process.note("announcer", "stops");
    }
  }

  @Override
  public void stop() throws InterruptedException {
    announcer.ifPresent(Task::cancel);
    asker.stop();
    if (announcer.isPresent()) {
      announcer.get().join();
    }
  }
}
