package io.metasrv.bootstrap.config;

import static io.metasrv.bootstrap.config.ValueType.BOOL;
import static io.metasrv.bootstrap.config.ValueType.TEXT;

import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.options.TlsMode;
import io.metasrv.application.options.TlsOptions;
import java.util.List;
import java.util.function.Function;

/** The keys of one {@code tls} table. */
record TlsSettings(
    Setting<TlsMode> mode,
    Setting<String> certPath,
    Setting<String> keyPath,
    Setting<String> caCertPath,
    Setting<Boolean> watch) {

  static TlsSettings of(
      String table, Function<MetasrvOptions, TlsOptions> get, String what, Setting.Kind kind) {
    return new TlsSettings(
        new Setting<>(
            table + ".mode",
            Types.TLS_MODE,
            get.andThen(TlsOptions::mode),
            "TLS of " + what + ": disable, prefer, require, verify_ca or verify_full",
            kind),
        new Setting<>(
            table + ".cert_path",
            TEXT,
            get.andThen(TlsOptions::certPath),
            "PEM file with the certificate (chain) of this side",
            kind),
        new Setting<>(
            table + ".key_path",
            TEXT,
            get.andThen(TlsOptions::keyPath),
            "PEM file with the private key of this side",
            kind),
        new Setting<>(
            table + ".ca_cert_path",
            TEXT,
            get.andThen(TlsOptions::caCertPath),
            "PEM file with the certificates this side trusts",
            kind),
        new Setting<>(
            table + ".watch",
            BOOL,
            get.andThen(TlsOptions::watch),
            "read the files again when they change",
            kind));
  }

  List<Setting<?>> all() {
    return List.of(mode, certPath, keyPath, caCertPath, watch);
  }

  TlsOptions build(Values values) {
    return new TlsOptions(
        values.get(mode),
        values.get(certPath),
        values.get(keyPath),
        values.get(caCertPath),
        values.get(watch));
  }
}
