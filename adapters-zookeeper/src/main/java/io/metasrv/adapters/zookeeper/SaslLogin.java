package io.metasrv.adapters.zookeeper;

import io.metasrv.application.options.ZooKeeperOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.X509Util;
import org.apache.zookeeper.server.auth.DigestLoginModule;
import org.jspecify.annotations.Nullable;

/**
 * User and password for SASL. ZooKeeper's client takes them from the JVM's login configuration
 * only, so ours is put in front of whatever is there: it answers for names of its own and leaves
 * everything else, the {@code Client} section of a JAAS file above all, to the one before.
 * Thread-safe.
 */
final class SaslLogin extends Configuration {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Map<String, AppConfigurationEntry> OURS = new ConcurrentHashMap<>();

  private final Configuration before;

  private SaslLogin(Configuration before) {
    this.before = before;
  }

  /** Makes the client log in with the options' user; without one the JAAS file decides. */
  static void configure(ZKClientConfig config, ZooKeeperOptions options) {
    if (options.user().isEmpty()) {
      return;
    }
    install();
    String section = "metasrv-zookeeper-" + NUMBER.incrementAndGet();
    OURS.put(
        section,
        new AppConfigurationEntry(
            DigestLoginModule.class.getName(),
            LoginModuleControlFlag.REQUIRED,
            Map.of("username", options.user(), "password", options.password().value())));
    config.setProperty(ZKClientConfig.LOGIN_CONTEXT_NAME_KEY, section);
    // ZooKeeper's FIPS mode, on by default, rules out DIGEST-MD5 and nothing else that we use.
    config.setProperty(X509Util.FIPS_MODE_PROPERTY, "false");
  }

  private static synchronized void install() {
    Configuration current;
    try {
      current = Configuration.getConfiguration();
    } catch (SecurityException noFile) {
      // The JVM was started without a JAAS file.
      current = new Nothing();
    }
    if (!(current instanceof SaslLogin)) {
      Configuration.setConfiguration(new SaslLogin(current));
    }
  }

  @Override
  public AppConfigurationEntry @Nullable [] getAppConfigurationEntry(String name) {
    AppConfigurationEntry ours = OURS.get(name);
    return ours == null
        ? before.getAppConfigurationEntry(name)
        : new AppConfigurationEntry[] {ours};
  }

  /** Knows no section. */
  private static final class Nothing extends Configuration {
    @Override
    public AppConfigurationEntry @Nullable [] getAppConfigurationEntry(String name) {
      return null;
    }
  }
}
