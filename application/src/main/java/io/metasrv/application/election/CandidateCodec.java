package io.metasrv.application.election;

import io.metasrv.application.json.JsonObject;
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
    return JsonWriter.bytes(
        out ->
            out.object(
                () -> {
                  out.name("addr").string(candidate.address());
                  out.name("version").string(candidate.version());
                  out.name("git_commit").string(candidate.gitCommit());
                  out.name("start_time_ms").unsigned(candidate.startTimeMillis());
                  out.name("total_cpu_millicores").signed(candidate.totalCpuMillicores());
                  out.name("total_memory_bytes").signed(candidate.totalMemoryBytes());
                  out.name("cpu_usage_millicores").signed(candidate.cpuUsageMillicores());
                  out.name("memory_usage_bytes").signed(candidate.memoryUsageBytes());
                  out.name("hostname").string(candidate.hostname());
                }));
  }

  /**
   * Reads a stored record; members it does not know are ignored.
   *
   * @throws io.metasrv.domain.error.ServiceException if a required member is missing or a member
   *     has the wrong type; the caller leaves the record out and logs it once
   */
  public static Candidate decode(Bytes stored) {
    JsonObject json = JsonValue.parse(stored).object();
    return new Candidate(
        json.get("addr").text(),
        json.get("version").text(),
        json.get("git_commit").text(),
        json.get("start_time_ms").unsigned(),
        json.signedOr("total_cpu_millicores", 0),
        json.signedOr("total_memory_bytes", 0),
        json.signedOr("cpu_usage_millicores", 0),
        json.signedOr("memory_usage_bytes", 0),
        json.textOr("hostname", ""));
  }
}
