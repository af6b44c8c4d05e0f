package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;

/** The decimal numbers of a key, behind its family. */
final class KeyNumbers {

  private final long[] numbers;

  private KeyNumbers(long[] numbers) {
    this.numbers = numbers;
  }

  static KeyNumbers behind(String family, char separator, int count, Bytes key) {
    String text = key.toUtf8();
    if (!text.startsWith(family)) {
      throw invalid(family, separator, count, key);
    }
    String[] parts = text.substring(family.length()).split(String.valueOf(separator), -1);
    if (parts.length != count) {
      throw invalid(family, separator, count, key);
    }
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = number(parts[i], family, separator, count, key);
    }
    return new KeyNumbers(numbers);
  }

  private static long number(String part, String family, char separator, int count, Bytes key) {
    if (part.isEmpty() || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw invalid(family, separator, count, key);
    }
    try {
      return Long.parseUnsignedLong(part);
    } catch (NumberFormatException tooLarge) {
      throw invalid(family, separator, count, key);
    }
  }

  private static ServiceException invalid(String family, char separator, int count, Bytes key) {
    String pattern =
        String.join(String.valueOf(separator), java.util.Collections.nCopies(count, "N"));
    return ServiceException.invalidArguments(
        "Invalid key: " + key + "; expected " + family + pattern + " with decimal numbers N");
  }

  long at(int index) {
    return numbers[index];
  }
}
