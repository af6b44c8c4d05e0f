package io.metasrv.domain.table.alter;

import io.metasrv.domain.table.value.Value;

/** The stored texts of parts that the rules on alterations look into. Stateless. */
public interface StoredTexts {

  /** Reads a constant default. What cannot be understood is opaque. */
  Value value(String json);

  /** The text of a constant default. */
  String json(Value value);

  /**
   * Reads the options of a full-text index.
   *
   * @throws io.metasrv.domain.error.ServiceException (InvalidArguments) if they are none
   */
  IndexOptions.Fulltext fulltext(String json);

  /** The text kept in the column's metadata. */
  String text(IndexOptions options);
}
