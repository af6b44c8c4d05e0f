package io.metasrv.adapters.mysql;

import io.metasrv.adapters.jdbc.TlsFiles;
import io.metasrv.application.options.TlsMode;
import io.metasrv.application.options.TlsOptions;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * What {@code backend_tls} means for MySQL (sheet 02 §6.2): {@code disable} leaves it to the
 * address's {@code ssl-mode}, plain text if there is none; every other mode goes before the
 * address. {@code ssl-ca}, {@code ssl-cert} and {@code ssl-key} of the address count where {@code
 * backend_tls} names no file.
 */
final class MySqlTls {

  private MySqlTls() {}

  static void configure(Properties properties, TlsOptions options, Map<String, String> url) {
    String mode = options.mode() == TlsMode.DISABLE ? modeOf(url) : driversWord(options.mode());
    properties.setProperty("sslMode", mode);
    if (mode.equals("DISABLED")) {
      return;
    }
    TlsFiles files =
        TlsFiles.of(
            new TlsOptions(
                options.mode(),
                orElse(options.certPath(), url, "ssl-cert"),
                orElse(options.keyPath(), url, "ssl-key"),
                orElse(options.caCertPath(), url, "ssl-ca"),
                options.watch()),
            mode.startsWith("VERIFY"));
    files
        .trust()
        .ifPresent(
            trust -> {
              properties.setProperty("trustCertificateKeyStoreUrl", trust.toUri().toString());
              properties.setProperty("trustCertificateKeyStoreType", "PKCS12");
              properties.setProperty("trustCertificateKeyStorePassword", files.password());
            });
    files
        .identity()
        .ifPresent(
            identity -> {
              properties.setProperty("clientCertificateKeyStoreUrl", identity.toUri().toString());
              properties.setProperty("clientCertificateKeyStoreType", "PKCS12");
              properties.setProperty("clientCertificateKeyStorePassword", files.password());
            });
  }

  private static String orElse(String configured, Map<String, String> url, String parameter) {
    return configured.isEmpty() ? url.getOrDefault(parameter, "") : configured;
  }

  private static String driversWord(TlsMode mode) {
    return switch (mode) {
      case DISABLE -> "DISABLED";
      case PREFER -> "PREFERRED";
      case REQUIRE -> "REQUIRED";
      case VERIFY_CA -> "VERIFY_CA";
      case VERIFY_FULL -> "VERIFY_IDENTITY";
    };
  }

  private static String modeOf(Map<String, String> url) {
    String mode = url.getOrDefault("ssl-mode", url.getOrDefault("sslmode", "disabled"));
    return switch (mode.toLowerCase(Locale.ROOT).replace('-', '_')) {
      case "disabled", "disable" -> "DISABLED";
      case "preferred", "prefer" -> "PREFERRED";
      case "required", "require" -> "REQUIRED";
      case "verify_ca" -> "VERIFY_CA";
      case "verify_identity", "verify_full" -> "VERIFY_IDENTITY";
      default ->
          throw new IllegalArgumentException(
              "store_addrs: ssl-mode of the address is none of DISABLED, PREFERRED, REQUIRED,"
                  + " VERIFY_CA, VERIFY_IDENTITY");
    };
  }
}
