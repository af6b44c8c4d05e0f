package io.metasrv.application.ddl.json;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import java.util.Locale;

/** Names of states as they are stored: {@code CreateMetadata} for {@code CREATE_METADATA}. */
public final class StateNames {

  private static final String MEMBER = "state";

  private StateNames() {}

  /** The stored name. */
  public static String text(Enum<?> state) {
    StringBuilder text = new StringBuilder();
    for (String word : state.name().split("_", -1)) {
      text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }

  /** Writes the member {@code state}. */
  public static void write(JsonWriter out, Enum<?> state) {
    out.member(MEMBER, text(state));
  }

  /**
   * Reads the member {@code state}.
   *
   * @param all the states there are
   * @throws JsonFormatException if it is missing or none of them
   */
  public static <S extends Enum<S>> S read(JsonValue.Object data, S[] all) {
    return of(data.text(MEMBER), all);
  }

  /**
   * The constant with a stored name.
   *
   * @throws JsonFormatException if there is none
   */
  public static <S extends Enum<S>> S of(String text, S[] all) {
    for (S each : all) {
      if (text(each).equals(text)) {
        return each;
      }
    }
    throw new JsonFormatException("unknown variant `" + text + "`");
  }
}
