package io.metasrv.domain.table;

/** What a name stands for. */
public enum TableType {
  BASE("Base"),
  VIEW("View"),
  TEMPORARY("Temporary");

  private final String text;

  TableType(String text) {
    this.text = text;
  }

  /** As JSON spells it. */
  public String text() {
    return text;
  }
}
