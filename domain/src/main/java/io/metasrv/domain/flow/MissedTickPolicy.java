package io.metasrv.domain.flow;

/** What a scheduled flow does about the runs it missed. */
public enum MissedTickPolicy {
  BOUNDED_CATCH_UP("bounded_catch_up"),
  SKIP("skip");

  private final String text;

  MissedTickPolicy(String text) {
    this.text = text;
  }

  /** As JSON spells it. */
  public String text() {
    return text;
  }
}
