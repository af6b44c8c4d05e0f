package io.metasrv.domain.error;

/** This node does not lead, or stopped leading while the request was under way. */
public final class NotLeaderException extends MetasrvException {

  private static final long serialVersionUID = 1L;

  private final String address;

  /**
   * @param address the advertised address of this node
   */
  public NotLeaderException(String address) {
    super(
        StatusCode.ILLEGAL_STATE,
        true,
        "The requested metasrv node is not leader, node addr: " + address);
    this.address = address;
  }

  /** The advertised address of the node that does not lead. */
  public String address() {
    return address;
  }
}
