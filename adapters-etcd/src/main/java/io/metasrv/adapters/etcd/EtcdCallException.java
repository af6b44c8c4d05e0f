package io.metasrv.adapters.etcd;

import io.grpc.Status;

/**
 * One call to etcd failed. Says what the port has to know: the status, and whether the request can
 * have left this process.
 */
final class EtcdCallException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Status status;
  private final boolean sent;
  private final boolean interrupted;

  EtcdCallException(Status status, boolean sent, boolean interrupted) {
    super(describe(status), status.getCause());
    this.status = status;
    this.sent = sent;
    this.interrupted = interrupted;
  }

  private static String describe(Status status) {
    String description = status.getDescription();
    String text = description == null ? status.getCode().toString() : description;
    Throwable cause = status.getCause();
    return cause == null || cause.getMessage() == null ? text : text + ": " + cause.getMessage();
  }

  Status.Code code() {
    return status.getCode();
  }

  /** What etcd or gRPC said of it; possibly empty. */
  String description() {
    String description = status.getDescription();
    return description == null ? "" : description;
  }

  /** False only if certainly no byte of the request left this process. */
  boolean sent() {
    return sent;
  }

  /** Whether the calling thread was interrupted while it waited. */
  boolean interrupted() {
    return interrupted;
  }

  /** Whether etcd refused the token; nothing was applied, and a new token may help. */
  boolean tokenRefused() {
    return description().equals("etcdserver: invalid auth token")
        || description().equals("etcdserver: revision of auth store is old");
  }
}
