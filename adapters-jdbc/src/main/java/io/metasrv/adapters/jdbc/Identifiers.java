package io.metasrv.adapters.jdbc;

/** Names of tables and schemas, which are written into statements because they cannot be bound. */
public final class Identifiers {

  private Identifiers() {}

  /**
   * The name between quotes, quotes inside it doubled, so that every name is just a name.
   *
   * @param quote {@code `} or {@code "}
   * @throws IllegalArgumentException if it is empty or holds a character no database allows
   */
  public static String quoted(String configKey, String name, char quote) {
    if (name.isBlank() || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "%s: '%s' is no name of a table or schema".formatted(configKey, name));
    }
    // JDBI reads a question mark as a parameter and a colon as the start of one.
    if (name.indexOf('?') >= 0 || name.indexOf(':') >= 0 || name.indexOf('\\') >= 0) {
      throw new IllegalArgumentException(
          "%s: '%s' holds one of ? : \\, which is not supported".formatted(configKey, name));
    }
    String mark = String.valueOf(quote);
    return mark + name.replace(mark, mark + mark) + mark;
  }
}
