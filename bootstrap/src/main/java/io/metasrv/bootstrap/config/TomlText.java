package io.metasrv.bootstrap.config;

/** Text as TOML writes it. */
final class TomlText {

  private TomlText() {}

  /** A basic string. */
  static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> out.append(c < 0x20 || c == 0x7f ? "\\u%04X".formatted((int) c) : c);
      }
    }
    return out.append('"').toString();
  }
}
