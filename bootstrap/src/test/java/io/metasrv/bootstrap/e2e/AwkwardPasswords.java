package io.metasrv.bootstrap.e2e;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Passwords with what has a meaning in addresses, configuration files, shells and SQL. */
final class AwkwardPasswords {

  /** In every password, so that a leak of a part is noticed as well. */
  static final List<String> MARKS = List.of("Q7xQ", "W3zW");

  /** All of it in one. */
  static final String WORST = marked("@:/%41%#?& '\"=ü日\\;,+$`{}[]<>|");

  private AwkwardPasswords() {}

  private static String marked(String middle) {
    return MARKS.getFirst() + middle + MARKS.getLast();
  }

  static List<String> all() {
    return List.of(
        marked("@"),
        marked(":"),
        marked("/"),
        marked("%"),
        marked("%41"),
        marked("#"),
        marked("?"),
        marked(" "),
        marked("'"),
        marked("\""),
        marked("\\"),
        marked("+&=;,"),
        marked("ü日本"),
        marked("mysql://x:y@z/db?password=p"),
        WORST);
  }

  /** As the user info of a URL, or as one of its parameters. */
  static String encoded(String password) {
    return URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** As a quoted value of libpq. */
  static String quoted(String password) {
    return "'" + password.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** As an unquoted value of libpq. */
  static String escaped(String password) {
    return password.replaceAll("([\\\\' ])", "\\\\$1");
  }

  /** As a string of SQL; MySQL takes backslashes for escapes. */
  static String inSql(String password, boolean backslashEscapes) {
    String doubled = backslashEscapes ? password.replace("\\", "\\\\") : password;
    return "'" + doubled.replace("'", "''") + "'";
  }

  /** As a string of TOML. */
  static String inToml(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
