package io.metasrv.application.options;

import java.time.Duration;

/**
 * {@code [etcd]}, our own: what the reference cannot say about etcd.
 *
 * @param user user name; empty for none
 * @param password its password
 * @param callTimeout how long one call to etcd may take before its outcome is given up
 * @param maxRequestSize etcd's {@code --max-request-bytes}; larger requests are refused unsent
 */
public record EtcdOptions(
    String user, Secret password, Duration callTimeout, ByteSize maxRequestSize) {

  /** Below this the store could not hold the values the system writes. */
  public static final ByteSize LEAST_REQUEST_SIZE = ByteSize.kibibytes(1516);

  /**
   * Nobody logs in; a call gets ten seconds, as the reference's channels; requests as large as etcd
   * takes by default.
   */
  public static EtcdOptions defaults() {
    return new EtcdOptions("", Secret.NONE, Duration.ofSeconds(10), ByteSize.kibibytes(1536));
  }

  /** The same with another limit of a call's time. */
  public EtcdOptions withCallTimeout(Duration newCallTimeout) {
    return new EtcdOptions(user, password, newCallTimeout, maxRequestSize);
  }

  /** The same for a user who logs in. */
  public EtcdOptions withLogin(String newUser, Secret newPassword) {
    return new EtcdOptions(newUser, newPassword, callTimeout, maxRequestSize);
  }
}
