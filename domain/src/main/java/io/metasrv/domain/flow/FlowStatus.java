package io.metasrv.domain.flow;

/** Whether a flow runs. */
public enum FlowStatus {
  /** Waits for its source tables. */
  PENDING_SOURCES("PendingSources"),
  /** Runs. */
  ACTIVE("Active");

  private final String text;

  FlowStatus(String text) {
    this.text = text;
  }

  /** As JSON spells it. */
  public String text() {
    return text;
  }
}
