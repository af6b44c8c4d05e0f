package io.metasrv.domain.table;

/** Names in {@link ColumnSchema#metadata()} (sheet 03 §5.4). */
public final class ColumnMetadataKeys {

  /** {@code "true"} on the time index. */
  public static final String TIME_INDEX = "greptime:time_index";

  /** The comment. */
  public static final String COMMENT = "greptime:storage:comment";

  /** {@code "true"} if there is an inverted index; removed when it is unset. */
  public static final String INVERTED_INDEX = "greptime:inverted_index";

  /** Options of the full-text index, JSON. */
  public static final String FULLTEXT = "greptime:fulltext";

  /** Options of the skipping index, JSON. */
  public static final String SKIPPING_INDEX = "greptime:skipping_index";

  /** Options of the vector index, JSON. */
  public static final String VECTOR_INDEX = "greptime:vector_index";

  /** Name of an Arrow extension type. */
  public static final String EXTENSION_NAME = "ARROW:extension:name";

  /** Settings of an Arrow extension type. */
  public static final String EXTENSION_METADATA = "ARROW:extension:metadata";

  private ColumnMetadataKeys() {}
}
