package io.metasrv.nodes.region;

import io.metasrv.nodes.json.Fields;
import io.metasrv.nodes.json.JsonFormatException;
import io.metasrv.nodes.json.JsonValue;
import java.util.Map;
import java.util.Optional;

/** The WAL options of a region, JSON text under one of its options (sheet 04 §6.1). */
public final class WalOptions {

  /** The region option that holds the text. */
  public static final String KEY = "wal_options";

  private WalOptions() {}

  /** The topic of a remote WAL; empty for a local WAL, or for options that are not readable. */
  public static Optional<String> topicOf(Map<String, String> regionOptions) {
    String text = regionOptions.get(KEY);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Fields.of(KEY, JsonValue.parse(text)).optionalText("wal.kafka.topic");
    } catch (JsonFormatException unreadable) {
      return Optional.empty();
    }
  }
}
