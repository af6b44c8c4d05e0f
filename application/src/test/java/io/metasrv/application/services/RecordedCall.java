package io.metasrv.application.services;

import com.google.protobuf.ByteString;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.domain.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A unary call and its answer as recorded from GreptimeDB v1.1.4 on etcd.
 *
 * @param target {@code leader} or {@code follower}
 * @param call name of the case
 * @param request the request's bytes
 * @param response the response's bytes, if it succeeded
 * @param status name of the gRPC status
 * @param message message of the status, if it failed
 * @param errorCode trailer {@code x-greptime-err-code}, if it failed
 */
record RecordedCall(
    String target,
    String call,
    ByteString request,
    Optional<ByteString> response,
    String status,
    Optional<String> message,
    Optional<String> errorCode) {

  /** All unary calls, in the order they were made. */
  static List<RecordedCall> all() {
    try (InputStream file =
        Objects.requireNonNull(
            RecordedCall.class.getResourceAsStream("/golden/grpc-etcd-leader-follower.json"))) {
      return JsonReader.read(Bytes.wrap(file.readAllBytes())).asArray().stream()
          .map(JsonValue::asObject)
          .filter(recorded -> recorded.find("request_hex").isPresent())
          .map(RecordedCall::read)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static RecordedCall read(JsonValue.Object recorded) {
    return new RecordedCall(
        recorded.text("target"),
        recorded.text("call"),
        bytes(recorded.text("request_hex")),
        recorded.find("response_hex").map(JsonValue::asText).map(RecordedCall::bytes),
        recorded.text("status"),
        recorded.find("message").map(JsonValue::asText),
        recorded.require("trailers").asArray().stream()
            .map(JsonValue::asArray)
            .filter(trailer -> trailer.getFirst().asText().equals("x-greptime-err-code"))
            .map(trailer -> trailer.getLast().asText())
            .findFirst());
  }

  private static ByteString bytes(String hex) {
    return ByteString.copyFrom(Bytes.hex(hex).toByteArray());
  }

  @Override
  public String toString() {
    return target + " " + call;
  }
}
