package io.metasrv.testkit.store;

import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where random tests get their seeds. {@code -Dmetasrv.tests.seed=N} repeats one; otherwise a few
 * fixed seeds are used and a fresh one, which is logged and named by a failure.
 */
final class Seeds {

  private static final Logger LOG = LoggerFactory.getLogger(Seeds.class);
  private static final String PROPERTY = "metasrv.tests.seed";

  private Seeds() {}

  /** The seed asked for, or one that was not used before. */
  static long fresh() {
    Long asked = Long.getLong(PROPERTY);
    long seed = asked != null ? asked : System.nanoTime();
    LOG.info("random seed {} (repeat with -D{}={})", seed, PROPERTY, seed);
    return seed;
  }

  /** The seed asked for alone, or that many fixed ones and a fresh one. */
  static long[] several(int fixed) {
    if (Long.getLong(PROPERTY) != null) {
      return new long[] {fresh()};
    }
    return LongStream.concat(LongStream.rangeClosed(1, fixed), LongStream.of(fresh())).toArray();
  }
}
