package io.metasrv.application.wal;

import io.metasrv.application.metasrv.TermComponent;
import io.metasrv.application.metasrv.TermComponentFactory;
import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.options.WalOptions;
import io.metasrv.application.port.WalTopics;
import java.util.function.Supplier;

/** Makes the topics of each term. Thread-safe. */
public final class WalTopicTerms implements TermComponentFactory {

  private final WalOptions options;
  private final WalTopics topics;
  private volatile TopicsOf latest = new TopicsOf.NoTerm();

  /** Whose topics they are. */
  private sealed interface TopicsOf {
    record NoTerm() implements TopicsOf {}

    record OneTerm(TermContext context, TermWalTopics topics) implements TopicsOf {}
  }

  /**
   * @param topics asked only if the options name a remote log
   */
  public WalTopicTerms(WalOptions options, WalTopics topics) {
    this.options = options;
    this.topics = topics;
  }

  @Override
  public TermComponent create(TermContext context) {
    TermWalTopics made = new TermWalTopics(options, context, topics);
    latest = new TopicsOf.OneTerm(context, made);
    return made;
  }

  /**
   * What gives new regions their topics in a term.
   *
   * @throws IllegalStateException if nothing was made for that term
   */
  public Supplier<String> of(TermContext context) {
    if (latest instanceof TopicsOf.OneTerm(TermContext made, TermWalTopics its)
        && made.term() == context.term()) {
      return its;
    }
    throw new IllegalStateException("no topics in " + context.term());
  }
}
