package io.metasrv.simulation.heartbeat;

import io.metasrv.application.mailbox.PendingReply;
import io.metasrv.domain.time.MonotonicTime;
import io.metasrv.protocol.v1.meta.MailboxMessage;
import io.metasrv.simulation.kernel.SimulatedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every question to a node comes to an end: its reply, its timeout, or the end of the stream; at
 * its time, and once. No two questions, of whichever leader, have the same number.
 */
final class MailboxJudge {

  private static final Duration SLACK = Duration.ofMillis(50);

  /** How a question ended. */
  enum Answer {
    /** The node replied. */
    REPLY,
    /** Not in time. */
    TIMEOUT,
    /** Its stream ended or was replaced. */
    CLOSED
  }

  /**
   * A question under way.
   *
   * @param timesHeld how often the process had been held when it was asked
   */
  record Question(
      SimulatedProcess process,
      long id,
      long datanode,
      MonotonicTime askedAt,
      Duration timeout,
      long timesHeld) {

    Duration age() {
      return process.monotonic().since(askedAt);
    }

    boolean isOverdue() {
      return process.timesHeld() == timesHeld && age().compareTo(timeout.plus(SLACK)) > 0;
    }

    @Override
    public String toString() {
      return "question %d of %s to datanode %d".formatted(id, process.name(), datanode);
    }
  }

  private final Violations violations;
  private final Set<Long> ids = new HashSet<>();
  private final List<Question> open = new ArrayList<>();
  private final Map<Answer, Integer> answers = new EnumMap<>(Answer.class);

  MailboxJudge(Violations violations) {
    this.violations = violations;
  }

  /** A question was sent. */
  Question asked(SimulatedProcess process, PendingReply sent, long datanode, Duration timeout) {
    Question question =
        new Question(
            process, sent.id(), datanode, process.monotonic(), timeout, process.timesHeld());
    if (!ids.add(sent.id())) {
      violations.add(question + " has a number that was used before");
    }
    open.add(question);
    return question;
  }

  /** The reply to a question. */
  void replied(Question question, MailboxMessage reply) {
    if (reply.getId() != question.id()
        || !reply.getFrom().startsWith("Datanode-" + question.datanode() + "@")) {
      violations.add(question + " was answered with " + reply);
    }
  }

  /** A question came to its end. */
  void over(Question question, Answer answer) {
    open.remove(question);
    answers.merge(answer, 1, Integer::sum);
    if (question.isOverdue()) {
      violations.add("%s ended with %s after %s".formatted(question, answer, question.age()));
    }
    if (answer == Answer.TIMEOUT && question.age().compareTo(question.timeout()) < 0) {
      violations.add("%s timed out after %s already".formatted(question, question.age()));
    }
  }

  /** The run is over: what is still open must be within its time. */
  void end() {
    for (Question question : open) {
      if (question.process().isAlive() && question.isOverdue()) {
        violations.add(question + " has got nothing after " + question.age());
      }
    }
  }

  /** How many questions ended so. */
  int count(Answer answer) {
    return answers.getOrDefault(answer, 0);
  }
}
