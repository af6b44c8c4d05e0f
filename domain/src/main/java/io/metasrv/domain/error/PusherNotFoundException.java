package io.metasrv.domain.error;

/** The node an instruction is meant for has no open heartbeat stream here. */
public final class PusherNotFoundException extends MetasrvException {

  private static final long serialVersionUID = 1L;

  public PusherNotFoundException(String pusher) {
    super(StatusCode.UNEXPECTED, false, "Pusher not found: " + pusher);
  }
}
