package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.procedure.ProcedureId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Key of the record a finished procedure leaves. A key of our own: no scan of the original touches
 * its prefix. Later ends come first in the order of keys.
 *
 * @param finishedMillis when it ended, Unix milliseconds, not negative
 * @param id the procedure
 */
public record ProcedureHistoryKey(long finishedMillis, ProcedureId id) {

  private static final String FAMILY = "__metasrv/history/procedure/";
  private static final Pattern REST = Pattern.compile("([0-9]{19})-(.+)");

  /** Begins every key of this kind. */
  public static final Bytes PREFIX = Bytes.utf8(FAMILY);

  public ProcedureHistoryKey {
    if (finishedMillis < 0) {
      throw new IllegalArgumentException("before 1970: " + finishedMillis);
    }
  }

  /** The key as stored. */
  public Bytes toBytes() {
    return Bytes.utf8("%s%019d-%s".formatted(FAMILY, Long.MAX_VALUE - finishedMillis, id));
  }

  /** The first key of those that ended at this time or before. */
  public static Bytes endedUntil(long millis) {
    return Bytes.utf8("%s%019d".formatted(FAMILY, Long.MAX_VALUE - millis));
  }

  /** Reads a key; empty if it is none. */
  public static Optional<ProcedureHistoryKey> parse(Bytes stored) {
    if (!stored.startsWith(PREFIX)) {
      return Optional.empty();
    }
    Matcher matcher = REST.matcher(stored.substring(PREFIX.size()).toUtf8());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      long millis = Long.MAX_VALUE - Long.parseLong(matcher.group(1));
      return ProcedureId.parse(matcher.group(2)).map(id -> new ProcedureHistoryKey(millis, id));
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }
}
