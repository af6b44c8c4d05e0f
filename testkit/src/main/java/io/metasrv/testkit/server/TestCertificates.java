package io.metasrv.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate authority and certificates of its own for one test run, made with keytool: PEM
 * files in one directory. For one thread at a time.
 */
public final class TestCertificates {

  private static final String PASSWORD = "changeit";
  private final Path directory;
  private final List<String> keys;

  /**
   * @param directory where the files go; exists
   */
  public TestCertificates(Path directory) {
    this(directory, List.of("-keyalg", "EC", "-groupname", "secp256r1"));
  }

  private TestCertificates(Path directory, List<String> keys) {
    this.directory = directory;
    this.keys = keys;
  }

  /** With RSA keys, for servers that are too old for others. */
  public static TestCertificates withRsaKeys(Path directory) {
    return new TestCertificates(directory, List.of("-keyalg", "RSA", "-keysize", "2048"));
  }

  /** A self-signed authority; gives the PEM file of its certificate. */
  public Path authority(String name) throws Exception {
    keytool(name, "-genkeypair", "-ext", "bc:c", "-dname", "CN=" + name);
    return writePem(name + ".crt", "CERTIFICATE", load(name).getCertificate(name).getEncoded());
  }

  /**
   * A certificate signed by the authority, and its key, as PEM files.
   *
   * @param names for example {@code ip:127.0.0.1}
   */
  public Pair signedBy(String authority, String name, String names) throws Exception {
    keytool(name, "-genkeypair", "-dname", "CN=" + name);
    Path request = directory.resolve(name + ".csr");
    Path certificate = directory.resolve(name + ".crt");
    keytool(name, "-certreq", "-file", request.toString());
    keytool(
        authority,
        "-gencert",
        "-rfc",
        "-ext",
        "san=" + names,
        "-ext",
        "eku=serverAuth,clientAuth",
        "-infile",
        request.toString(),
        "-outfile",
        certificate.toString());
    PrivateKey key = (PrivateKey) load(name).getKey(name, PASSWORD.toCharArray());
    return new Pair(certificate, writePem(name + ".key", "PRIVATE KEY", key.getEncoded()));
  }

  /** PEM files of a certificate and its key. */
  public record Pair(Path certificate, Path key) {}

  private Path writePem(String file, String type, byte[] content) throws IOException {
    return Files.writeString(directory.resolve(file), pem(type, content));
  }

  private static String pem(String type, byte[] content) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(type, Base64.getMimeEncoder().encodeToString(content), type);
  }

  private KeyStore load(String name) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(directory.resolve(name + ".p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private void keytool(String alias, String action, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                action,
                "-alias",
                alias,
                "-keystore",
                directory.resolve(alias + ".p12").toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-validity",
                "2"));
    if (action.equals("-genkeypair")) {
      command.addAll(keys);
    }
    if (action.equals("-certreq")) {
      command.removeAll(List.of("-validity", "2"));
    }
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + ": " + output);
    }
  }
}
