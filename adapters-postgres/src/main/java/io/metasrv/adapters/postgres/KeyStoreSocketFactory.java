package io.metasrv.adapters.postgres;

import io.metasrv.adapters.jdbc.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.postgresql.ssl.WrappedFactory;

/**
 * TLS sockets for the driver, which makes one of these by its name and hands it one text. The text
 * is the name under which the key stores were registered, so that no password goes through the
 * driver. Whether the host name fits is verified by the driver itself.
 */
public final class KeyStoreSocketFactory extends WrappedFactory {

  private static final Map<String, SSLContext> REGISTERED = new ConcurrentHashMap<>();

  /** Called by the driver. */
  public KeyStoreSocketFactory(String name) throws GeneralSecurityException {
    SSLContext context = REGISTERED.get(name);
    if (context == null) {
      throw new GeneralSecurityException("no TLS settings are registered under this name");
    }
    factory = context.getSocketFactory();
  }

  /**
   * Makes the settings available to the driver.
   *
   * @return what to hand to the driver
   */
  static String register(TlsFiles files) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          identity(files),
          files.trust().isPresent()
              ? verifying(files.trust().get(), files.password())
              : new TrustManager[] {new Anybody()},
          null);
      String name = UUID.randomUUID().toString();
      REGISTERED.put(name, context);
      return name;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("backend_tls: no TLS context could be made: " + e, e);
    }
  }

  private static KeyManager[] identity(TlsFiles files)
      throws GeneralSecurityException, IOException {
    if (files.identity().isEmpty()) {
      return new KeyManager[0];
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(load(files.identity().get(), files.password()), files.password().toCharArray());
    return keys.getKeyManagers();
  }

  private static TrustManager[] verifying(Path roots, String password)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(load(roots, password));
    return trust.getTrustManagers();
  }

  private static KeyStore load(Path file, String password)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password.toCharArray());
    }
    return store;
  }

  /** What {@code prefer} and {@code require} mean in libpq: encrypted, with whomever. */
  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
      // A client's certificate never comes here.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      // Not verified, as asked for.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
