package io.metasrv.adapters.http;

/**
 * What this program is; shown by {@code /status}, {@code /} and {@code greptime_app_version}.
 *
 * @param version own version
 * @param compatibleWith version of GreptimeDB whose contract is spoken
 * @param commit git hash; may be empty
 * @param branch git branch; may be empty
 * @param runtime the JVM
 * @param hostname of the machine
 */
public record BuildInfo(
    String version,
    String compatibleWith,
    String commit,
    String branch,
    String runtime,
    String hostname) {}
