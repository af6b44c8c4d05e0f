package io.metasrv.application.options;

/** How much of TLS is wanted, in the reference's words. */
public enum TlsMode {
  /** Plain text. */
  DISABLE,
  /** TLS where the other side offers it. On a port of ours the same as {@link #DISABLE}. */
  PREFER,
  /** TLS, certificate not verified unless a CA is given. */
  REQUIRE,
  /** TLS with a certificate of a known CA. On a port of ours: clients must show one. */
  VERIFY_CA,
  /** As {@link #VERIFY_CA}, and the host name must match. */
  VERIFY_FULL
}
