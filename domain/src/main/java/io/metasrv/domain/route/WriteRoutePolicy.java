package io.metasrv.domain.route;

/** What a frontend does with writes to a region. */
public enum WriteRoutePolicy {
  NORMAL("Normal"),
  IGNORE_ALL_WRITES("IgnoreAllWrites");

  private final String text;

  WriteRoutePolicy(String text) {
    this.text = text;
  }

  /** As JSON spells it. */
  public String text() {
    return text;
  }
}
