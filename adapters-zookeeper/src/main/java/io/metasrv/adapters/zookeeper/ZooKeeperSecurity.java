package io.metasrv.adapters.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.metasrv.application.options.StoreOptions;
import io.metasrv.application.options.ZooKeeperOptions;
import io.metasrv.application.options.ZooKeeperOptions.Acl;
import io.metasrv.application.options.ZooKeeperOptions.Auth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.curator.framework.AuthInfo;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ZKConfig;
import org.apache.zookeeper.data.ACL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a connection says who it is, what it puts on znodes, and whether it is encrypted.
 *
 * @param clientConfig settings of ZooKeeper's client
 * @param login what is sent once connected, for the digest scheme
 * @param acl for every znode created
 * @param temporaryFile to be removed when the connection is closed
 */
record ZooKeeperSecurity(
    ZKClientConfig clientConfig,
    Optional<AuthInfo> login,
    List<ACL> acl,
    Optional<Path> temporaryFile) {

  private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperSecurity.class);

  /**
   * Largest answer taken, in bytes: a hundred keys with values as large as a znode holds. The
   * server's own limit bounds what it accepts, not what it answers.
   */
  private static final int LARGEST_ANSWER = 256 << 20;

  private static final int GOODBYE_MILLIS = 1000;

  static ZooKeeperSecurity of(StoreOptions options) {
    ZooKeeperOptions zookeeper = options.zookeeper();
    check(zookeeper);
    ZKClientConfig config = new ZKClientConfig();
    config.setProperty(ZKConfig.JUTE_MAXBUFFER, Integer.toString(LARGEST_ANSWER));
    // Requests have deadlines of their own; this one bounds the goodbye to a server that is silent.
    config.setProperty(ZKClientConfig.ZOOKEEPER_REQUEST_TIMEOUT, Integer.toString(GOODBYE_MILLIS));
    config.setProperty(
        ZKClientConfig.ENABLE_CLIENT_SASL_KEY, Boolean.toString(zookeeper.auth() == Auth.SASL));
    if (zookeeper.auth() == Auth.SASL) {
      SaslLogin.configure(config, zookeeper);
    }
    Optional<Path> temporaryFile = ZooKeeperTls.configure(config, options.tls());
    Optional<AuthInfo> login =
        zookeeper.auth() == Auth.DIGEST
            ? Optional.of(
                new AuthInfo(
                    "digest",
                    (zookeeper.user() + ":" + zookeeper.password().value()).getBytes(UTF_8)))
            : Optional.empty();
    return new ZooKeeperSecurity(
        config,
        login,
        zookeeper.acl() == Acl.CREATOR ? ZooDefs.Ids.CREATOR_ALL_ACL : ZooDefs.Ids.OPEN_ACL_UNSAFE,
        temporaryFile);
  }

  private static void check(ZooKeeperOptions options) {
    if (options.auth() == Auth.DIGEST && options.user().isEmpty()) {
      throw new IllegalArgumentException("zookeeper.auth = \"digest\" needs zookeeper.user");
    }
    if (options.auth() == Auth.NONE && options.acl() == Acl.CREATOR) {
      throw new IllegalArgumentException(
          "zookeeper.acl = \"creator\" needs zookeeper.auth = \"digest\" or \"sasl\"");
    }
  }

  /** Certificate and key of ours are not left behind. */
  void removeTemporaryFile() {
    if (temporaryFile.isPresent()) {
      try {
        boolean unused = Files.deleteIfExists(temporaryFile.get());
      } catch (IOException e) {
        LOG.warn("Could not remove {}, which holds a private key: {}", temporaryFile.get(), e);
      }
    }
  }
}
