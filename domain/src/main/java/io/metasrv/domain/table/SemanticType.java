package io.metasrv.domain.table;

import java.util.Optional;

/** What a column means to its region. */
public enum SemanticType {
  /** Part of the primary key. */
  TAG("Tag"),
  /** A value. */
  FIELD("Field"),
  /** The time index. */
  TIMESTAMP("Timestamp");

  private final String text;

  SemanticType(String text) {
    this.text = text;
  }

  /** As JSON spells it. */
  public String text() {
    return text;
  }

  /** The type that JSON spells so. */
  public static Optional<SemanticType> ofText(String text) {
    for (SemanticType type : values()) {
      if (type.text.equals(text)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
