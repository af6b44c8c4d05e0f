package io.metasrv.protocol.grpc;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a client secures a channel.
 *
 * @param trusted PEM certificates of the authorities that may vouch for the server; empty: those of
 *     the platform
 * @param certificate PEM certificate chain that this client shows, if it shows one
 * @param key PEM (PKCS#8) private key of that certificate
 */
public record ClientTls(Optional<Path> trusted, Optional<Path> certificate, Optional<Path> key) {

  public ClientTls {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException(
          "a client certificate needs its private key and the other way round");
    }
  }

  /** Trusts the authorities of this file and shows no certificate. */
  public static ClientTls trusting(Path authorities) {
    return new ClientTls(Optional.of(authorities), Optional.empty(), Optional.empty());
  }
}
