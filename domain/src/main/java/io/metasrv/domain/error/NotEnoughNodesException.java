package io.metasrv.domain.error;

/** Fewer nodes are eligible than were asked for. */
public final class NotEnoughNodesException extends MetasrvException {

  private static final long serialVersionUID = 1L;

  public NotEnoughNodesException(String target, int required, int available) {
    super(
        StatusCode.RUNTIME_RESOURCES_EXHAUSTED,
        false,
        "Failed to request "
            + target
            + ", required: "
            + required
            + ", but only "
            + available
            + " available");
  }
}
