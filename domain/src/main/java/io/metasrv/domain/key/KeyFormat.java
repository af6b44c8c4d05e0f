package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ServiceException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the keys of a family look (sheet 03 §1 and §2): a fixed beginning and a regular expression.
 */
final class KeyFormat {

  /** Names of catalogs, schemas, tables and flows. */
  static final String NAME = "([a-zA-Z_:-][a-zA-Z0-9_:\\-\\.@#]*)";

  /** Names of topics: a digit may come first. */
  static final String TOPIC = "([a-zA-Z0-9_:-][a-zA-Z0-9_:\\-\\.@#]*)";

  /** An unsigned number. */
  static final String NUMBER = "([0-9]+)";

  /** Anything. */
  static final String ANYTHING = "(.*)";

  private final String beginning;
  private final Pattern rest;
  private final boolean view;

  private KeyFormat(String beginning, String rest, boolean view) {
    this.beginning = beginning;
    this.rest = Pattern.compile(rest);
    this.view = view;
  }

  /**
   * @param beginning what every key begins with
   * @param rest what follows, whole
   */
  static KeyFormat of(String beginning, String rest) {
    return new KeyFormat(beginning, rest, false);
  }

  /** The same, with the error of views. */
  static KeyFormat ofView(String beginning, String rest) {
    return new KeyFormat(beginning, rest, true);
  }

  /** What every key begins with. */
  Bytes prefix() {
    return Bytes.utf8(beginning);
  }

  /**
   * Reads a key.
   *
   * @throws ServiceException ({@code InvalidMetadata}, or {@code InvalidViewInfo}) if it is none
   */
  Parts parse(Bytes key) {
    String text = key.toUtf8();
    if (!Bytes.utf8(text).equals(key)) {
      throw invalid(key, "it is no UTF-8");
    }
    if (!text.startsWith(beginning)) {
      throw invalid(key, "expected it to begin with " + beginning);
    }
    Matcher matcher = rest.matcher(text.substring(beginning.length()));
    if (!matcher.matches()) {
      throw invalid(key, "expected " + beginning + rest);
    }
    return new Parts(key, matcher);
  }

  private ServiceException invalid(Bytes key, String reason) {
    String text = "Invalid key " + key + ": " + reason;
    return view
        ? ServiceException.invalidArguments("Invalid view info, err: " + text)
        : ServiceException.unexpected("Invalid metadata, err: " + text);
  }

  /** The parts of a key, from 1. */
  final class Parts {

    private final Bytes key;
    private final Matcher matcher;

    private Parts(Bytes key, Matcher matcher) {
      this.key = key;
      this.matcher = matcher;
    }

    String text(int part) {
      return matcher.group(part);
    }

    /** Unsigned 64 bits. */
    long number(int part) {
      try {
        return Long.parseUnsignedLong(matcher.group(part));
      } catch (NumberFormatException tooLarge) {
        throw invalid(key, "a number has more than 64 bits");
      }
    }

    /** Unsigned 32 bits. */
    long number32(int part) {
      long number = number(part);
      if (number >>> 32 != 0) {
        throw invalid(key, "a number has more than 32 bits");
      }
      return number;
    }

    TableId table(int part) {
      return new TableId(number32(part));
    }
  }
}
