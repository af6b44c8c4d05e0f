package io.metasrv.application.heartbeat.codec;

import com.google.protobuf.ByteString;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import java.util.SortedMap;
import java.util.TreeMap;

/** The request extension {@code __env_vars}: {@code {"vars":{"AZ":"us-east-1a"}}}. */
public final class EnvironmentCodec {

  /** Name of the extension. */
  public static final String EXTENSION = "__env_vars";

  private EnvironmentCodec() {}

  /** Reads the extension. */
  public static SortedMap<String, String> decode(ByteString json) {
    return JsonReader.decode(json.toStringUtf8(), EnvironmentCodec::read);
  }

  private static SortedMap<String, String> read(JsonValue document) {
    TreeMap<String, String> environment = new TreeMap<>();
    document
        .asObject()
        .require("vars")
        .asObject()
        .members()
        .forEach((name, value) -> environment.put(name, value.asText()));
    return environment;
  }
}
