package io.metasrv.adapters.kafka;

import io.metasrv.application.options.KafkaWalOptions;
import io.metasrv.application.options.KafkaWalOptions.Sasl;
import io.metasrv.application.options.KafkaWalOptions.Tls;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;

/** How Kafka's clients spell our options (sheet 08 §1, §7). */
final class ClientSettings {

  private static final String PEM = "PEM";

  private ClientSettings() {}

  /** For any client; secrets are wrapped, so that the client does not print them. */
  static Map<String, Object> of(KafkaWalOptions options) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, options.brokerEndpoints());
    settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "metasrv");
    settings.put(
        CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG,
        options.connectTimeout().toMillis());
    settings.put(
        CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG,
        options.connectTimeout().toMillis());
    int timeout = Math.toIntExact(options.timeout().toMillis());
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, timeout);
    settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol(options));
    options.sasl().ifPresent(sasl -> sasl(settings, sasl));
    options.tls().ifPresent(tls -> tls(settings, tls));
    return settings;
  }

  private static String protocol(KafkaWalOptions options) {
    String transport = options.tls().isPresent() ? "SSL" : "PLAINTEXT";
    return options.sasl().isPresent() ? "SASL_" + transport : transport;
  }

  private static void sasl(Map<String, Object> settings, Sasl sasl) {
    String module =
        switch (sasl.type()) {
          case PLAIN -> "org.apache.kafka.common.security.plain.PlainLoginModule";
          case SCRAM_SHA_256, SCRAM_SHA_512 ->
              "org.apache.kafka.common.security.scram.ScramLoginModule";
        };
    settings.put(SaslConfigs.SASL_MECHANISM, sasl.type().text());
    settings.put(
        SaslConfigs.SASL_JAAS_CONFIG,
        new Password(
            "%s required username=%s password=%s;"
                .formatted(module, quoted(sasl.username()), quoted(sasl.password().value()))));
  }

  /** As the configuration of JAAS quotes texts. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static void tls(Map<String, Object> settings, Tls tls) {
    settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, PEM);
    settings.put(
        SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG,
        new Password(PemFiles.trusted(tls.serverCaCertPath())));
    if (tls.clientCertPath().isPresent() && tls.clientKeyPath().isPresent()) {
      settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, PEM);
      settings.put(
          SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG,
          new Password(
              PemFiles.text("wal.tls.client_cert_path", tls.clientCertPath().orElseThrow())));
      settings.put(
          SslConfigs.SSL_KEYSTORE_KEY_CONFIG,
          new Password(
              PemFiles.text("wal.tls.client_key_path", tls.clientKeyPath().orElseThrow())));
    }
  }
}
