package io.metasrv.domain.procedure;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Identity of one run of a procedure: a UUID, printed with hyphens in lower case (sheet 05 §1).
 *
 * @param value the UUID
 */
public record ProcedureId(UUID value) {

  private static final Pattern PLAIN = Pattern.compile("[0-9a-fA-F]{32}");
  private static final Pattern HYPHENATED =
      Pattern.compile(
          "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

  /**
   * Reads any text form of a UUID, with or without hyphens, in either case; empty if it is none.
   */
  public static Optional<ProcedureId> parse(String text) {
    if (HYPHENATED.matcher(text).matches()) {
      return Optional.of(new ProcedureId(UUID.fromString(text)));
    }
    if (PLAIN.matcher(text).matches()) {
      long high = Long.parseUnsignedLong(text, 0, 16, 16);
      long low = Long.parseUnsignedLong(text, 16, 32, 16);
      return Optional.of(new ProcedureId(new UUID(high, low)));
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
