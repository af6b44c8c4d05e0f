package io.metasrv.application.options;

/**
 * One {@code tls} table: of the backend connection, or of a port of ours. Paths are empty where
 * nothing was given.
 *
 * @param mode what is wanted
 * @param certPath PEM certificate (chain) of this side
 * @param keyPath PEM private key of this side
 * @param caCertPath PEM certificates this side trusts
 * @param watch reload the files when they change
 */
public record TlsOptions(
    TlsMode mode, String certPath, String keyPath, String caCertPath, boolean watch) {

  /** {@code backend_tls}: TLS where offered. */
  public static TlsOptions backendDefaults() {
    return new TlsOptions(TlsMode.PREFER, "", "", "", false);
  }

  /** A port of ours: plain text, the only thing nodes of v1.1.4 can speak. */
  public static TlsOptions portDefaults() {
    return new TlsOptions(TlsMode.DISABLE, "", "", "", false);
  }

  /** Whether a port with these options speaks TLS. */
  public boolean securesPort() {
    return mode != TlsMode.DISABLE && mode != TlsMode.PREFER;
  }

  /** Whether both halves of a certificate of our own are given. */
  public boolean hasCertificate() {
    return !certPath.isEmpty() && !keyPath.isEmpty();
  }

  /** The same with another mode. */
  public TlsOptions withMode(TlsMode newMode) {
    return new TlsOptions(newMode, certPath, keyPath, caCertPath, watch);
  }
}
