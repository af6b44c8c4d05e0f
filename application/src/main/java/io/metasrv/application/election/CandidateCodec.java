package io.metasrv.application.election;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.port.Candidate;
import io.metasrv.domain.Bytes;

/**
 * The stored form of a {@link Candidate} (sheet 02 §11): JSON with nine members in a fixed order,
 * byte for byte as the reference writes it. The numbers about resources and the host name may be
 * missing on read, because older versions do not write them. Stateless.
 */
public final class CandidateCodec {

  private CandidateCodec() {}

  /** The record as it is stored. */
  public static Bytes encode(Candidate candidate) {
    return new JsonWriter()
        .beginObject()
        .member("addr", candidate.address())
        .member("version", candidate.version())
        .member("git_commit", candidate.gitCommit())
        .unsignedMember("start_time_ms", candidate.startTimeMillis())
        .member("total_cpu_millicores", candidate.totalCpuMillicores())
        .member("total_memory_bytes", candidate.totalMemoryBytes())
        .member("cpu_usage_millicores", candidate.cpuUsageMillicores())
        .member("memory_usage_bytes", candidate.memoryUsageBytes())
        .member("hostname", candidate.hostname())
        .endObject()
        .toBytes();
  }

  /**
   * Reads a stored record; members it does not know are ignored.
   *
   * @throws JsonFormatException if a required member is missing or a member has the wrong type; the
   *     caller leaves the record out and logs it once
   */
  public static Candidate decode(Bytes stored) {
    JsonValue.Object record = JsonReader.read(stored).asObject();
    return new Candidate(
        record.text("addr"),
        record.text("version"),
        record.text("git_commit"),
        record.unsigned("start_time_ms"),
        number(record, "total_cpu_millicores"),
        number(record, "total_memory_bytes"),
        number(record, "cpu_usage_millicores"),
        number(record, "memory_usage_bytes"),
        record.find("hostname").map(JsonValue::asText).orElse(""));
  }

  private static long number(JsonValue.Object record, String name) {
    return record.find(name).map(JsonValue::asLong).orElse(0L);
  }
}
