package io.metasrv.adapters.postgres;

import io.metasrv.adapters.jdbc.TlsFiles;
import io.metasrv.application.options.TlsMode;
import io.metasrv.application.options.TlsOptions;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.postgresql.PGProperty;

/**
 * What {@code backend_tls} means for PostgreSQL (sheet 02 §7): {@code prefer} and {@code require}
 * believe any certificate, {@code verify_ca} verifies the chain, {@code verify_full} the host name,
 * too. {@code disable}, with which the reference does not start, and {@code prefer}, which is the
 * default, leave it to the address's {@code sslmode} where it has one.
 */
final class PostgresTls {

  private PostgresTls() {}

  static void configure(Properties properties, TlsOptions options, Map<String, String> address) {
    String mode = mode(options.mode(), address);
    PGProperty.SSL_MODE.set(properties, mode);
    if (mode.equals("disable")) {
      return;
    }
    TlsFiles files =
        TlsFiles.of(
            new TlsOptions(
                options.mode(),
                orElse(options.certPath(), address, "sslcert"),
                orElse(options.keyPath(), address, "sslkey"),
                orElse(options.caCertPath(), address, "sslrootcert"),
                options.watch()),
            mode.startsWith("verify"));
    PGProperty.SSL_FACTORY.set(properties, KeyStoreSocketFactory.class.getName());
    PGProperty.SSL_FACTORY_ARG.set(properties, KeyStoreSocketFactory.register(files));
  }

  private static String mode(TlsMode configured, Map<String, String> address) {
    boolean open = configured == TlsMode.DISABLE || configured == TlsMode.PREFER;
    String own =
        switch (configured) {
          case DISABLE -> "disable";
          case PREFER -> "prefer";
          case REQUIRE -> "require";
          case VERIFY_CA -> "verify-ca";
          case VERIFY_FULL -> "verify-full";
        };
    String mode = open ? address.getOrDefault("sslmode", own).toLowerCase(Locale.ROOT) : own;
    return switch (mode) {
      case "disable", "allow", "prefer", "require", "verify-ca", "verify-full" -> mode;
      default ->
          throw new IllegalArgumentException(
              "store_addrs: sslmode of the address is none of disable, allow, prefer, require,"
                  + " verify-ca, verify-full");
    };
  }

  private static String orElse(String configured, Map<String, String> address, String parameter) {
    return configured.isEmpty() ? address.getOrDefault(parameter, "") : configured;
  }
}
