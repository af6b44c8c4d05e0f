package io.metasrv.domain.route;

/** What a region's leader is doing, other than leading. */
public enum LeaderState {
  /** It is being taken out of office. */
  DOWNGRADING("Downgrading"),
  /** It prepares new files. */
  STAGING("Staging");

  private final String text;

  LeaderState(String text) {
    this.text = text;
  }

  /** As JSON spells it. */
  public String text() {
    return text;
  }
}
