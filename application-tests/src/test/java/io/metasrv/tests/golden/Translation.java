package io.metasrv.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Puts this run's addresses in the place of the recorded ones. They have the same length, so that
 * encoded messages stay what they are.
 */
final class Translation {

  private static final Pattern LAST_ACTIVITY = Pattern.compile("(\"last_activity_ts\":)\\d{13}");

  private final Map<String, String> addresses = new TreeMap<>();

  void replace(String recorded, String ours) {
    assertThat(ours).hasSameSizeAs(recorded);
    addresses.put(recorded, ours);
  }

  /** A recorded message as it should be here. */
  byte[] toOurs(byte[] recorded) {
    return fromText(toOurs(toText(recorded)));
  }

  String toOurs(String recorded) {
    String text = recorded;
    for (Map.Entry<String, String> address : addresses.entrySet()) {
      text = text.replace(address.getKey(), address.getValue());
    }
    return text;
  }

  /** A message without the moments at which nodes were last heard of. */
  static byte[] withoutMoments(byte[] message) {
    return fromText(LAST_ACTIVITY.matcher(toText(message)).replaceAll("$10000000000000"));
  }

  // One character a byte, there and back.
  private static String toText(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] fromText(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
