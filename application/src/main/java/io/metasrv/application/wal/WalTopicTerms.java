package io.metasrv.application.wal;

import io.metasrv.application.metasrv.TermComponent;
import io.metasrv.application.metasrv.TermComponentFactory;
import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.options.WalOptions;
import io.metasrv.application.port.WalTopics;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the topics of each term. Thread-safe. */
public final class WalTopicTerms implements TermComponentFactory {

  private final WalOptions options;
  private final WalTopics topics;
  private volatile Optional<TermWalTopics> latest = Optional.empty();

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
    latest = Optional.of(made);
    return made;
  }

  /**
   * What gives new regions their topics in a term.
   *
   * @throws IllegalStateException if nothing was made for that term
   */
  public Supplier<String> of(TermContext context) {
    return latest
        .filter(made -> made.term() == context.term())
        .orElseThrow(() -> new IllegalStateException("no topics in " + context.term()));
  }
}
