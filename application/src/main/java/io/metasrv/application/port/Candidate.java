package io.metasrv.application.port;

/**
 * What a metasrv says of itself (sheet 02 §11); stored as JSON by {@code CandidateCodec}.
 *
 * @param address advertised {@code host:port}; the identity of the node
 * @param version product version, for example {@code 1.1.4}
 * @param gitCommit short commit hash
 * @param startTimeMillis start of the process, milliseconds since the Unix epoch
 * @param totalCpuMillicores CPU limit, 1000 a core
 * @param totalMemoryBytes memory limit
 * @param cpuUsageMillicores CPU in use, 0 if unknown
 * @param memoryUsageBytes memory in use, 0 if unknown
 * @param hostname name of the machine
 */
public record Candidate(
    String address,
    String version,
    String gitCommit,
    long startTimeMillis,
    long totalCpuMillicores,
    long totalMemoryBytes,
    long cpuUsageMillicores,
    long memoryUsageBytes,
    String hostname) {}
