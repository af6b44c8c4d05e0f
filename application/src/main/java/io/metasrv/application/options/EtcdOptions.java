package io.metasrv.application.options;

import java.time.Duration;

/**
 * {@code [etcd]}, our own: what the reference cannot say about etcd.
 *
 * @param user user name; empty for none
 * @param password its password
 * @param callTimeout how long one call to etcd may take before its outcome is given up
 */
public record EtcdOptions(String user, Secret password, Duration callTimeout) {

  /** Nobody logs in; a call gets ten seconds, as the reference's channels. */
  public static EtcdOptions defaults() {
    return new EtcdOptions("", Secret.NONE, Duration.ofSeconds(10));
  }
}
