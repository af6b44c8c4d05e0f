package io.metasrv.bootstrap.config;

import io.metasrv.application.options.Secret;
import io.metasrv.application.options.ZooKeeperOptions;
import java.time.Duration;
import java.util.List;

/** {@code [zookeeper]}: what the reference, which knows no ZooKeeper, has no words for. */
final class ZooKeeperSettings {

  static final Setting<String> ROOT =
      Setting.own(
          "zookeeper.root",
          ValueType.TEXT,
          o -> o.store().zookeeper().root(),
          "znode beneath which everything lies, beginning with a slash");

  static final Setting<Duration> SESSION_TIMEOUT =
      Setting.own(
          "zookeeper.session_timeout",
          ValueType.DURATION,
          o -> o.store().zookeeper().sessionTimeout(),
          "how long the servers keep a silent session; more than the leader lease of 5s, and within"
              + " 2 to 20 times their tickTime");

  static final Setting<Duration> CALL_TIMEOUT =
      Setting.own(
          "zookeeper.call_timeout",
          ValueType.DURATION,
          o -> o.store().zookeeper().callTimeout(),
          "how long one call may take before it is given up");

  static final Setting<ZooKeeperOptions.Auth> AUTH =
      Setting.own(
          "zookeeper.auth",
          Types.ZOOKEEPER_AUTH,
          o -> o.store().zookeeper().auth(),
          "how to log in: none, digest, or sasl (DIGEST-MD5 with user and password; without a user"
              + " the section Client of the JVM's JAAS file)");

  static final Setting<String> USER =
      Setting.own(
          "zookeeper.user",
          ValueType.TEXT,
          o -> o.store().zookeeper().user(),
          "user name; empty for none");

  static final Setting<Secret> PASSWORD =
      Setting.own(
          "zookeeper.password",
          ValueType.SECRET,
          o -> o.store().zookeeper().password(),
          "its password");

  static final Setting<ZooKeeperOptions.Acl> ACL =
      Setting.own(
          "zookeeper.acl",
          Types.ZOOKEEPER_ACL,
          o -> o.store().zookeeper().acl(),
          "who may use what is created: open (everybody) or creator (who logs in as we do)");

  private ZooKeeperSettings() {}

  static List<Setting<?>> all() {
    return List.of(ROOT, SESSION_TIMEOUT, CALL_TIMEOUT, AUTH, USER, PASSWORD, ACL);
  }

  static ZooKeeperOptions build(Values v) {
    return new ZooKeeperOptions(
        v.get(ROOT),
        v.get(SESSION_TIMEOUT),
        v.get(CALL_TIMEOUT),
        v.get(AUTH),
        v.get(USER),
        v.get(PASSWORD),
        v.get(ACL));
  }
}
