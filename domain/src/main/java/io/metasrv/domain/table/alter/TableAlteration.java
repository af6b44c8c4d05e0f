package io.metasrv.domain.table.alter;

import io.metasrv.domain.table.ColumnSchema;
import io.metasrv.domain.table.DataType;
import io.metasrv.domain.table.value.Literal;
import java.util.List;

/** What an ALTER TABLE asks for (sheet 06 §10.1). */
public sealed interface TableAlteration {

  /** New columns. */
  record AddColumns(List<Addition> columns) implements TableAlteration {
    public AddColumns {
      columns = List.copyOf(columns);
    }
  }

  /** Columns that go. */
  record DropColumns(List<String> names) implements TableAlteration {
    public DropColumns {
      names = List.copyOf(names);
    }
  }

  /** Columns of another type. */
  record ModifyTypes(List<TypeChange> changes) implements TableAlteration {
    public ModifyTypes {
      changes = List.copyOf(changes);
    }
  }

  /** Another name. */
  record Rename(String newName) implements TableAlteration {}

  /** Other options. */
  record ChangeOptions(List<OptionChange> changes) implements TableAlteration {
    public ChangeOptions {
      changes = List.copyOf(changes);
    }
  }

  /** New or other indexes. */
  record SetIndexes(List<SetIndex> indexes) implements TableAlteration {
    public SetIndexes {
      indexes = List.copyOf(indexes);
    }
  }

  /** Indexes that go. */
  record UnsetIndexes(List<UnsetIndex> indexes) implements TableAlteration {
    public UnsetIndexes {
      indexes = List.copyOf(indexes);
    }
  }

  /** Columns without their default. */
  record DropDefaults(List<String> columns) implements TableAlteration {
    public DropDefaults {
      columns = List.copyOf(columns);
    }
  }

  /** Columns with another default. */
  record SetDefaults(List<SetDefault> defaults) implements TableAlteration {
    public SetDefaults {
      defaults = List.copyOf(defaults);
    }
  }

  /**
   * A new column.
   *
   * @param tag whether it joins the primary key
   * @param ifNotExists whether it may be there already
   */
  record Addition(ColumnSchema column, boolean tag, Location location, boolean ifNotExists) {}

  /** Where a new column goes. */
  sealed interface Location {

    /** Before all others. */
    record First() implements Location {}

    /** Behind the column, which is there before. */
    record After(String column) implements Location {}

    /** Behind all others. */
    record Last() implements Location {}
  }

  /** Another type of a column. */
  record TypeChange(String column, DataType type) {}

  /** An index of a column. */
  record SetIndex(String column, IndexOptions options) {}

  /** An index that goes. */
  record UnsetIndex(String column, IndexOptions.Kind kind) {}

  /** Another default of a column. */
  record SetDefault(String column, NewDefault value) {}

  /** A default as asked for, before the type of its column is known. */
  sealed interface NewDefault {

    /** A constant. */
    record OfLiteral(Literal literal) implements NewDefault {}

    /**
     * Computed at insertion.
     *
     * @param expression lower case, {@code now()} for example
     */
    record OfFunction(String expression) implements NewDefault {}
  }
}
