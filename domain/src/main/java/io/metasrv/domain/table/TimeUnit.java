package io.metasrv.domain.table;

/** Unit of a point in time or a length of it, in the order of the reference. */
public enum TimeUnit {
  SECOND("Second"),
  MILLISECOND("Millisecond"),
  MICROSECOND("Microsecond"),
  NANOSECOND("Nanosecond");

  private final String text;

  TimeUnit(String text) {
    this.text = text;
  }

  /** As JSON spells it. */
  public String text() {
    return text;
  }
}
