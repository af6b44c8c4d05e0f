package io.metasrv.domain.table;

/**
 * A column as a region has it (sheet 03 §5.5).
 *
 * @param column the column
 * @param semanticType what it means to the region
 * @param columnId its id in the region, unsigned 32 bits
 */
public record ColumnMetadata(ColumnSchema column, SemanticType semanticType, long columnId) {

  /** The column's name. */
  public String name() {
    return column.name();
  }
}
