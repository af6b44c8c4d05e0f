package io.metasrv.application.metadata;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.codec.ValueCodec;
import io.metasrv.domain.Bytes;
import java.util.function.Function;

/**
 * A value together with the bytes it was read from (sheet 03 §4): an update is conditional on these
 * very bytes. The value may differ from them, where addresses were brought up to date.
 *
 * @param raw as stored
 * @param value as understood
 * @param <T> its kind
 */
public record Stored<T>(Bytes raw, T value) {

  /** What the codec stores for a value that was never read. */
  public static <T> Stored<T> of(ValueCodec<T> codec, T value) {
    return new Stored<>(codec.encode(value), value);
  }

  /** The value mapped, the bytes as they are. */
  public <R> Stored<R> map(Function<T, R> mapping) {
    return new Stored<>(raw, mapping.apply(value));
  }

  /** The form inside a procedure's state: a JSON string with the original text. */
  public void write(JsonWriter out) {
    out.value(raw.toUtf8());
  }

  /**
   * Reads the form inside a procedure's state.
   *
   * @throws JsonFormatException if it is no string, or its text not of the kind
   */
  public static <T> Stored<T> read(JsonValue json, ValueCodec<T> codec) {
    String text = json.asText();
    return new Stored<>(Bytes.utf8(text), codec.read(JsonReader.read(text)));
  }
}
