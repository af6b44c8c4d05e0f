package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.wal.WalOptions;

/** {@code {"wal.provider":"kafka","wal.kafka.topic":"t"}} (sheet 03 §5.9). */
public final class WalOptionsCodec implements ValueCodec<WalOptions> {

  /** The only one. */
  public static final WalOptionsCodec CODEC = new WalOptionsCodec();

  private static final String PROVIDER = "wal.provider";
  private static final String TOPIC = "wal.kafka.topic";

  private WalOptionsCodec() {}

  /**
   * Reads the text inside a datanode table or a procedure's state.
   *
   * @throws ServiceException (Unexpected) if it is none
   */
  public static WalOptions parse(String text) {
    try {
      return CODEC.read(JsonReader.read(text));
    } catch (JsonFormatException e) {
      throw new ServiceException(StatusCode.UNEXPECTED, "Failed to parse wal options: " + text, e);
    }
  }

  @Override
  public WalOptions read(JsonValue json) {
    JsonValue.Object object = json.asObject();
    String provider = object.text(PROVIDER);
    return switch (provider) {
      case "raft_engine" -> new WalOptions.RaftEngine();
      case "kafka" -> new WalOptions.Kafka(object.text(TOPIC));
      case "noop" -> new WalOptions.Noop();
      default -> throw new JsonFormatException("unknown WAL provider `" + provider + "`");
    };
  }

  @Override
  public void write(JsonWriter out, WalOptions value) {
    out.beginObject();
    switch (value) {
      case WalOptions.RaftEngine ignored -> out.member(PROVIDER, "raft_engine");
      case WalOptions.Noop ignored -> out.member(PROVIDER, "noop");
      case WalOptions.Kafka(String topic) -> out.member(PROVIDER, "kafka").member(TOPIC, topic);
    }
    out.endObject();
  }
}
