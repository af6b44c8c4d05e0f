package io.metasrv.domain.table.alter;

/** What an index of a column is like (sheet 03 §5.4). */
public sealed interface IndexOptions {

  /** Share of false positives of 1, in the unit stored. */
  int WHOLE_RATE = 10_000;

  /**
   * A full-text index.
   *
   * @param granularity unsigned 32 bits
   * @param falsePositives in ten thousandths
   */
  record Fulltext(
      boolean enable,
      Analyzer analyzer,
      boolean caseSensitive,
      Backend backend,
      long granularity,
      long falsePositives)
      implements IndexOptions {

    /** The same, switched off. */
    Fulltext disabled() {
      return new Fulltext(false, analyzer, caseSensitive, backend, granularity, falsePositives);
    }
  }

  /** An inverted index. */
  record Inverted() implements IndexOptions {}

  /**
   * A skipping index.
   *
   * @param granularity unsigned 32 bits
   * @param falsePositives in ten thousandths
   */
  record Skipping(long granularity, long falsePositives) implements IndexOptions {}

  /** Which index, where nothing else is said. */
  enum Kind {
    FULLTEXT,
    INVERTED,
    SKIPPING
  }

  /** Language of a full-text index. */
  enum Analyzer {
    ENGLISH("English"),
    CHINESE("Chinese");

    private final String text;

    Analyzer(String text) {
      this.text = text;
    }

    /** As JSON spells it. */
    public String text() {
      return text;
    }
  }

  /** What a full-text index is built with. */
  enum Backend {
    BLOOM("bloom"),
    TANTIVY("tantivy");

    private final String text;

    Backend(String text) {
      this.text = text;
    }

    /** As JSON spells it. */
    public String text() {
      return text;
    }
  }
}
