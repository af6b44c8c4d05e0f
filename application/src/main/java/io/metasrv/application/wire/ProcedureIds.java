package io.metasrv.application.wire;

import com.google.protobuf.ByteString;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.protocol.v1.meta.ProcedureId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Ids of procedures: on the wire the text of a UUID (sheet 01 §8). Read as leniently as the
 * reference does (with or without hyphens, in braces, as URN), and refused with its words.
 */
public final class ProcedureIds {

  private static final String URN = "urn:uuid:";
  private static final int HEX_DIGITS = 32;
  private static final int[] GROUPS = {8, 4, 4, 4, 12};
  private static final Pattern SIMPLE = Pattern.compile("[0-9a-fA-F]{32}");
  private static final Pattern HYPHENATED =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private ProcedureIds() {}

  /** The message's form: 36 characters, lower case, with hyphens. */
  public static ProcedureId toWire(UUID id) {
    return ProcedureId.newBuilder().setKey(ByteString.copyFromUtf8(id.toString())).build();
  }

  /**
   * Reads an id.
   *
   * @throws ServiceException (InvalidArguments) if it is none
   */
  public static UUID fromWire(ProcedureId id) {
    String text = id.getKey().toString(StandardCharsets.UTF_8);
    return parse(text)
        .orElseThrow(
            () ->
                ServiceException.invalidArguments(
                    "Failed to parse procedure id: %s: %s"
                        .formatted(
                            HexFormat.of().formatHex(id.getKey().toByteArray()), fault(text))));
  }

  private static Optional<UUID> parse(String text) {
    String body = body(text);
    if (HYPHENATED.matcher(body).matches()) {
      return Optional.of(UUID.fromString(body));
    }
    if (SIMPLE.matcher(text).matches()) {
      return Optional.of(
          new UUID(
              Long.parseUnsignedLong(text.substring(0, 16), 16),
              Long.parseUnsignedLong(text.substring(16), 16)));
    }
    return Optional.empty();
  }

  /** The text without braces or URN prefix. */
  private static String body(String text) {
    if (text.startsWith(URN)) {
      return text.substring(URN.length());
    }
    boolean braces = text.length() >= 2 && text.startsWith("{") && text.endsWith("}");
    return braces ? text.substring(1, text.length() - 1) : text;
  }

  /** What is wrong with the text: a character, the number of groups, or a length. */
  private static String fault(String text) {
    String body = body(text);
    int offset = text.indexOf(body);
    int[] characters = body.codePoints().toArray();
    int at = offset + 1;
    for (int character : characters) {
      if (character != '-' && (character > 0x7f || Character.digit(character, 16) < 0)) {
        return "invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], found `%s` at %d"
            .formatted(Character.toString(character), at);
      }
      at++;
    }
    String[] groups = body.split("-", -1);
    if (groups.length == 1 && offset == 0) {
      return "invalid length: expected length %d for simple format, found %d"
          .formatted(HEX_DIGITS, text.length());
    }
    if (groups.length != GROUPS.length) {
      return "invalid group count: expected %d, found %d".formatted(GROUPS.length, groups.length);
    }
    int wrong = 0;
    while (wrong < GROUPS.length - 1 && groups[wrong].length() == GROUPS[wrong]) {
      wrong++;
    }
    return "invalid group length in group %d: expected %d, found %d"
        .formatted(wrong, GROUPS[wrong], groups[wrong].length());
  }
}
