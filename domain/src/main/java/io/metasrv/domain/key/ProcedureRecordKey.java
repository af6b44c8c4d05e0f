package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.procedure.ProcedureId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Key of one stored step of a procedure (sheet 05 §13).
 *
 * @param id whose step
 * @param step unsigned 32-bit
 * @param kind what the record means
 */
public record ProcedureRecordKey(ProcedureId id, long step, Kind kind) {

  /** What a record means. Of two with the same step the later of this order counts. */
  public enum Kind {
    /** To be gone on with. */
    STEP,
    /** To be rolled back. */
    ROLLBACK,
    /** Finished. */
    COMMIT;

    private String suffix() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String FAMILY = "/__procedure__/procedure/";
  private static final long MAX_STEP = 0xffff_ffffL;
  private static final Pattern REST =
      Pattern.compile("([^/]+)/([0-9]{1,19})\\.(step|rollback|commit)(?:\\.[^/]*)?(?:/([^/]*))?");
  private static final Pattern SEGMENT = Pattern.compile("[0-9]{1,18}");

  /** Begins every key of this kind. */
  public static final Bytes PREFIX = Bytes.utf8(FAMILY);

  /**
   * What a stored key is.
   *
   * @param key whose step and kind
   * @param base the stored key of the record's first piece, as it is in the store
   * @param segment 0 for the first piece, else the piece's number; negative if it is none
   */
  public record Parsed(ProcedureRecordKey key, Bytes base, long segment) {}

  public ProcedureRecordKey {
    if (step < 0 || step > MAX_STEP) {
      throw new IllegalArgumentException("a step is an unsigned 32-bit number: " + step);
    }
  }

  /** Begins every key of one procedure. */
  public static Bytes prefix(ProcedureId id) {
    return Bytes.utf8(FAMILY + id + "/");
  }

  /** The key as stored. */
  public Bytes toBytes() {
    return Bytes.utf8("%s%s/%010d.%s".formatted(FAMILY, id, step, kind.suffix()));
  }

  /**
   * The key of a further piece of a record at a key.
   *
   * @param number from 1
   */
  public static Bytes segment(Bytes base, long number) {
    return base.concat(Bytes.utf8("/%010d".formatted(number)));
  }

  /** Reads a key; empty if it is none of this kind, which nobody should touch then. */
  public static Optional<Parsed> parse(Bytes stored) {
    if (!stored.startsWith(PREFIX)) {
      return Optional.empty();
    }
    Matcher matcher = REST.matcher(stored.substring(PREFIX.size()).toUtf8());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long step = parseStep(matcher.group(2));
    Kind kind = Kind.valueOf(matcher.group(3).toUpperCase(Locale.ROOT));
    String segment = matcher.group(4);
    if (step > MAX_STEP) {
      return Optional.empty();
    }
    return ProcedureId.parse(matcher.group(1))
        .map(id -> parsed(new ProcedureRecordKey(id, step, kind), stored, segment));
  }

  private static Parsed parsed(ProcedureRecordKey key, Bytes stored, @Nullable String segment) {
    if (segment == null) {
      return new Parsed(key, stored, 0);
    }
    Bytes base = stored.substring(0, stored.size() - Bytes.utf8(segment).size() - 1);
    long number =
        SEGMENT.matcher(segment).matches() && Long.parseLong(segment) > 0
            ? Long.parseLong(segment)
            : -1;
    return new Parsed(key, base, number);
  }

  private static long parseStep(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException tooLarge) {
      return Long.MAX_VALUE;
    }
  }
}
