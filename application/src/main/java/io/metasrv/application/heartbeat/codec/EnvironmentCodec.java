package io.metasrv.application.heartbeat.codec;

import com.google.protobuf.ByteString;
import io.metasrv.application.json.JsonValue;
import io.metasrv.domain.Bytes;
import java.util.SortedMap;
import java.util.TreeMap;

/** The request extension {@code __env_vars}: {@code {"vars":{"AZ":"us-east-1a"}}}. */
public final class EnvironmentCodec {

  /** Name of the extension. */
  public static final String EXTENSION = "__env_vars";

  private EnvironmentCodec() {}

  /** Reads the extension. */
  public static SortedMap<String, String> decode(ByteString json) {
    TreeMap<String, String> environment = new TreeMap<>();
    JsonValue.parse(Bytes.wrap(json.toByteArray()))
        .object()
        .get("vars")
        .object()
        .members()
        .forEach((name, value) -> environment.put(name, value.text()));
    return environment;
  }
}
