package io.metasrv.adapters.grpc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * TLS of the port: {@code grpc.tls} (sheet 09 §7; the reference parses it and ignores it).
 *
 * @param mode what is wanted
 * @param certificate {@code cert_path}: PEM certificate chain of this server
 * @param key {@code key_path}: PEM (PKCS#8) private key of that certificate
 * @param authorities {@code ca_cert_path}: PEM certificates of the authorities that may vouch for
 *     clients; where given, a client must show a certificate
 * @param reloadEvery {@code watch}: how often to look whether a file changed; empty: never
 */
public record PortTls(
    Mode mode,
    Optional<Path> certificate,
    Optional<Path> key,
    Optional<Path> authorities,
    Optional<Duration> reloadEvery) {

  /** The modes, in the reference's words. */
  public enum Mode {
    /** Plain text only. */
    DISABLE,
    /** Both on the same port where a certificate is given, else plain text only. */
    PREFER,
    /** TLS only. */
    REQUIRE,
    /** TLS only, and clients show a certificate of a known authority. */
    VERIFY_CA,
    /** On a port the same as {@link #VERIFY_CA}: a client has no host name to compare. */
    VERIFY_FULL
  }

  /** Checks that the mode has the files it needs. */
  public PortTls {
    if (mode.compareTo(Mode.REQUIRE) >= 0 && (certificate.isEmpty() || key.isEmpty())) {
      throw new IllegalArgumentException(
          "grpc.tls.mode = " + mode + " needs grpc.tls.cert_path and grpc.tls.key_path");
    }
    if (mode.compareTo(Mode.VERIFY_CA) >= 0 && authorities.isEmpty()) {
      throw new IllegalArgumentException(
          "grpc.tls.mode = " + mode + " needs grpc.tls.ca_cert_path to check clients with");
    }
  }

  /** Plain text: the only thing nodes of v1.1.4 can speak to a metasrv. */
  public static PortTls disabled() {
    return new PortTls(
        Mode.DISABLE, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Whether connections in plain text are served. */
  boolean allowsPlaintext() {
    return mode == Mode.DISABLE || mode == Mode.PREFER;
  }

  /** Whether TLS connections are served. */
  boolean offersTls() {
    return mode != Mode.DISABLE && certificate.isPresent() && key.isPresent();
  }
}
