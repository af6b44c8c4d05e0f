package io.metasrv.application.options;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes passwords out of store addresses before they are shown: user info and parameters of a URL,
 * keywords of a libpq connection string (sheet 02 §18.2). Where the text does not parse, or where
 * its parts are ambiguous because a password was not escaped, nothing of it is shown.
 */
public final class DsnRedaction {

  private static final String STARS = "******";
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.:-]*://");
  private static final Pattern HOSTS =
      Pattern.compile("(?:(?:\\[[0-9A-Fa-f:.%]*]|[^:,\\[\\]]*)(?::[0-9]*)?(?:,|$))*");

  /** One {@code keyword = value} of libpq; the value is quoted or free of spaces. */
  private static final Pattern KEYWORD =
      Pattern.compile(
          "\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*('(?:[^'\\\\]|\\\\.)*'|(?:[^\\s'\\\\]|\\\\.)*)(?=\\s|$)",
          Pattern.DOTALL);

  private DsnRedaction() {}

  /** The address without its secrets. */
  public static String redact(String address) {
    if (address.contains("://")) {
      return redactUrl(address);
    }
    if (address.contains("=")) {
      return redactKeywords(address);
    }
    return address.contains("@") ? STARS : address;
  }

  private static String redactUrl(String address) {
    Matcher scheme = SCHEME.matcher(address);
    if (!scheme.lookingAt() || !parses(address)) {
      return STARS;
    }
    String rest = address.substring(scheme.end());
    int end = endOfAuthority(rest);
    String authority = rest.substring(0, end);
    String tail = rest.substring(end);
    int at = authority.lastIndexOf('@');
    boolean ambiguous = tail.contains("@") || tail.contains("#") || tail.contains("://");
    if (ambiguous || !HOSTS.matcher(authority.substring(at + 1)).matches()) {
      return STARS;
    }
    return scheme.group() + redactUserInfo(authority, at) + redactParameters(tail);
  }

  private static boolean parses(String address) {
    try {
      // A JDBC address is opaque to URI as a whole; what follows "jdbc:" is not.
      return new URI(address.startsWith("jdbc:") ? address.substring(5) : address).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static int endOfAuthority(String rest) {
    for (int i = 0; i < rest.length(); i++) {
      if ("/?#".indexOf(rest.charAt(i)) >= 0) {
        return i;
      }
    }
    return rest.length();
  }

  private static String redactUserInfo(String authority, int at) {
    int colon = authority.indexOf(':');
    if (at < 0) {
      return authority;
    }
    return colon >= 0 && colon < at
        ? authority.substring(0, colon + 1) + STARS + authority.substring(at)
        : authority;
  }

  private static String redactParameters(String tail) {
    int question = tail.indexOf('?');
    if (question < 0) {
      return tail;
    }
    StringBuilder out = new StringBuilder(tail.substring(0, question + 1));
    for (String parameter : tail.substring(question + 1).split("(?<=[&;])", -1)) {
      int equals = parameter.indexOf('=');
      if (equals >= 0 && isSecret(decode(parameter.substring(0, equals)))) {
        boolean more = parameter.endsWith("&") || parameter.endsWith(";");
        out.append(parameter, 0, equals + 1).append(STARS);
        out.append(more ? parameter.substring(parameter.length() - 1) : "");
      } else {
        out.append(parameter);
      }
    }
    return out.toString();
  }

  private static String decode(String name) {
    return URLDecoder.decode(name, StandardCharsets.UTF_8);
  }

  private static String redactKeywords(String address) {
    Matcher matcher = KEYWORD.matcher(address);
    StringBuilder out = new StringBuilder();
    int end = 0;
    while (end < address.length() && matcher.find(end) && matcher.start() == end) {
      out.append(out.isEmpty() ? "" : " ").append(matcher.group(1)).append('=');
      out.append(isSecret(matcher.group(1)) ? STARS : matcher.group(2));
      end = matcher.end();
    }
    return address.substring(end).isBlank() ? out.toString() : STARS;
  }

  private static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.contains("pass")
        || lower.contains("pwd")
        || lower.contains("secret")
        || lower.contains("token");
  }
}
