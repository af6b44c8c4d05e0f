package io.metasrv.application.options;

import java.time.Duration;
import java.util.List;

/**
 * {@code [http]}: the port of operators.
 *
 * @param addr {@code host:port} to listen on
 * @param timeout most time a request may take; zero for no limit
 * @param bodyLimit largest request body; zero for no limit
 * @param enableCors whether browsers of other origins may call
 * @param corsAllowedOrigins which; empty for any
 * @param promValidationMode accepted, without effect
 * @param tls our own: TLS of the port
 */
public record HttpOptions(
    String addr,
    Duration timeout,
    ByteSize bodyLimit,
    boolean enableCors,
    List<String> corsAllowedOrigins,
    PromValidationMode promValidationMode,
    TlsOptions tls) {

  /** Values of {@code http.prom_validation_mode}. */
  public enum PromValidationMode {
    STRICT,
    LOSSY,
    UNCHECKED
  }

  public HttpOptions {
    corsAllowedOrigins = List.copyOf(corsAllowedOrigins);
  }

  /** The reference's defaults. */
  public static HttpOptions defaults() {
    return new HttpOptions(
        "127.0.0.1:4000",
        Duration.ZERO,
        ByteSize.mebibytes(64),
        true,
        List.of(),
        PromValidationMode.STRICT,
        TlsOptions.portDefaults());
  }

  /** The same on another port. */
  public HttpOptions withAddr(String newAddr) {
    return new HttpOptions(
        newAddr, timeout, bodyLimit, enableCors, corsAllowedOrigins, promValidationMode, tls);
  }

  /** The same with another time limit. */
  public HttpOptions withTimeout(Duration newTimeout) {
    return new HttpOptions(
        addr, newTimeout, bodyLimit, enableCors, corsAllowedOrigins, promValidationMode, tls);
  }

  /** The same with another body limit. */
  public HttpOptions withBodyLimit(ByteSize newBodyLimit) {
    return new HttpOptions(
        addr, timeout, newBodyLimit, enableCors, corsAllowedOrigins, promValidationMode, tls);
  }

  /** The same with another rule for browsers. */
  public HttpOptions withCors(boolean enable, List<String> origins) {
    return new HttpOptions(addr, timeout, bodyLimit, enable, origins, promValidationMode, tls);
  }

  /** The same with other TLS options. */
  public HttpOptions withTls(TlsOptions newTls) {
    return new HttpOptions(
        addr, timeout, bodyLimit, enableCors, corsAllowedOrigins, promValidationMode, newTls);
  }
}
