package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;

/**
 * A kind of stored value. Stateless.
 *
 * @param <T> what it is read into
 */
public interface ValueCodec<T> {

  /**
   * Reads the value.
   *
   * @throws JsonFormatException if it is not of this kind
   */
  T read(JsonValue json);

  /** Writes the value. */
  void write(JsonWriter out, T value);

  /**
   * Reads stored bytes.
   *
   * @param key where they were stored; named by the error
   * @throws ServiceException (Unexpected) if they are not of this kind
   */
  default T decode(Bytes key, Bytes stored) {
    try {
      return read(JsonReader.read(stored));
    } catch (JsonFormatException e) {
      throw new ServiceException(
          StatusCode.UNEXPECTED,
          "Failed to serde json: the value of key %s cannot be read: %s"
              .formatted(key, e.getMessage()),
          e);
    }
  }

  /** What is stored. */
  default Bytes encode(T value) {
    return JsonWriter.bytes(out -> write(out, value));
  }

  /** What is stored, as text. */
  default String encodeText(T value) {
    return JsonWriter.text(out -> write(out, value));
  }
}
