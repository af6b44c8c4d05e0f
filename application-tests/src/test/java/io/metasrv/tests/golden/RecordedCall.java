package io.metasrv.tests.golden;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A call and its answer as recorded.
 *
 * @param target {@code leader} or {@code follower}
 * @param name of the case
 * @param requests in text format, of a stream; of a unary call one
 * @param requestHex of a unary call; empty for a stream
 * @param responsesHex in order
 * @param status of gRPC
 * @param message of the status, empty for OK
 * @param trailers without those that every answer has
 */
record RecordedCall(
    String target,
    String name,
    List<String> requests,
    String requestHex,
    List<String> responsesHex,
    String status,
    String message,
    List<String> trailers) {

  /** All calls of a recording, in the order they were made. */
  static List<RecordedCall> all(String file) {
    try (InputStream in =
        Objects.requireNonNull(RecordedCall.class.getResourceAsStream("/golden/grpc/" + file))) {
      JsonNode calls = JsonMapper.shared().readTree(in);
      return StreamSupport.stream(calls.spliterator(), false).map(RecordedCall::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RecordedCall read(JsonNode call) {
    boolean stream = call.has("requests");
    return new RecordedCall(
        call.get("target").asString(),
        call.get("call").asString(),
        stream ? texts(call.get("requests")) : List.of(call.get("request").asString()),
        stream ? "" : call.get("request_hex").asString(),
        responses(call, stream),
        call.get("status").asString(),
        call.has("message") ? call.get("message").asString() : "",
        trailers(call.get("trailers")));
  }

  private static List<String> responses(JsonNode call, boolean stream) {
    List<String> hex = new ArrayList<>();
    if (stream) {
      call.get("responses").forEach(response -> hex.add(response.get("hex").asString()));
    } else if (call.has("response_hex")) {
      hex.add(call.get("response_hex").asString());
    }
    return hex;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asString()));
    return texts;
  }

  private static List<String> trailers(JsonNode array) {
    List<String> trailers = new ArrayList<>();
    for (JsonNode trailer : array) {
      String key = trailer.get(0).asString();
      if (!key.equals("date")) {
        trailers.add(key + ": " + trailer.get(1).asString());
      }
    }
    return trailers;
  }

  /** The full method name; empty for a heartbeat stream. */
  String path() {
    String kind = name.contains("_") ? name.substring(0, name.indexOf('_')) : name;
    return switch (kind) {
      case "AskLeader" -> "/greptime.v1.meta.Heartbeat/AskLeader";
      case "PullConfig" -> "/greptime.v1.meta.Config/PullConfig";
      case "Range", "Put", "BatchPut", "BatchGet", "BatchDelete", "DeleteRange" ->
          "/greptime.v1.meta.Store/" + kind;
      case "CAS" -> "/greptime.v1.meta.Store/CompareAndPut";
      case "MetasrvPeers" -> "/greptime.v1.meta.Cluster/MetasrvPeers";
      case "ClusterRange" -> "/greptime.v1.meta.Cluster/Range";
      case "ClusterBatchGet" -> "/greptime.v1.meta.Cluster/BatchGet";
      case "ProcQuery" -> "/greptime.v1.meta.ProcedureService/query";
      case "ProcDetails" -> "/greptime.v1.meta.ProcedureService/details";
      case "Ddl" -> "/greptime.v1.meta.ProcedureService/ddl";
      case "Migrate" -> "/greptime.v1.meta.ProcedureService/migrate";
      case "Reconcile" -> "/greptime.v1.meta.ProcedureService/reconcile";
      case "HB" -> "";
      default -> throw new IllegalStateException("a recorded call of an unknown kind: " + name);
    };
  }

  /** The same call with another answer. */
  RecordedCall with(
      List<String> otherResponses,
      String otherStatus,
      String otherMessage,
      List<String> otherTrailers) {
    return new RecordedCall(
        target,
        name,
        requests,
        requestHex,
        otherResponses,
        otherStatus,
        otherMessage,
        otherTrailers);
  }

  boolean isStream() {
    return path().isEmpty();
  }

  boolean isOnLeader() {
    return target.equals("leader");
  }

  @Override
  public String toString() {
    return target + " " + name;
  }
}
