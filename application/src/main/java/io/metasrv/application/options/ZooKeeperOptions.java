package io.metasrv.application.options;

import java.time.Duration;

/**
 * {@code [zookeeper]}, our own: what the reference, which knows no ZooKeeper, cannot say about it.
 *
 * @param root znode beneath which everything lies; begins with a slash
 * @param sessionTimeout how long ZooKeeper keeps a session of ours that is silent; the terms of a
 *     leader need more than the leader lease of five seconds
 * @param callTimeout how long one call may take before its outcome is given up
 * @param auth how this process says who it is
 * @param user user name for {@code digest} and {@code sasl}; empty with {@code sasl}: the section
 *     {@code Client} of the JAAS file of the JVM decides (Kerberos)
 * @param password its password
 * @param acl who may use what this process creates
 */
public record ZooKeeperOptions(
    String root,
    Duration sessionTimeout,
    Duration callTimeout,
    Auth auth,
    String user,
    Secret password,
    Acl acl) {

  /** How this process says who it is. */
  public enum Auth {
    /** Not at all. */
    NONE,
    /** ZooKeeper's digest scheme, with user and password. */
    DIGEST,
    /** SASL: DIGEST-MD5 with user and password, or Kerberos by JAAS. */
    SASL
  }

  /** Who may use what this process creates. */
  public enum Acl {
    /** Everybody who reaches ZooKeeper. */
    OPEN,
    /** Only who says to be the same as this process. */
    CREATOR
  }

  /** Beneath {@code /metasrv}, sessions of six seconds, calls of ten; nobody logs in. */
  public static ZooKeeperOptions defaults() {
    return new ZooKeeperOptions(
        "/metasrv",
        Duration.ofSeconds(6),
        Duration.ofSeconds(10),
        Auth.NONE,
        "",
        Secret.NONE,
        Acl.OPEN);
  }

  /** The same beneath another znode. */
  public ZooKeeperOptions withRoot(String newRoot) {
    return new ZooKeeperOptions(newRoot, sessionTimeout, callTimeout, auth, user, password, acl);
  }

  /** The same with other limits of time. */
  public ZooKeeperOptions withTimeouts(Duration newSessionTimeout, Duration newCallTimeout) {
    return new ZooKeeperOptions(root, newSessionTimeout, newCallTimeout, auth, user, password, acl);
  }

  /** The same for somebody who logs in and keeps what it creates to itself. */
  public ZooKeeperOptions withLogin(Auth newAuth, String newUser, Secret newPassword) {
    return new ZooKeeperOptions(
        root, sessionTimeout, callTimeout, newAuth, newUser, newPassword, Acl.CREATOR);
  }
}
