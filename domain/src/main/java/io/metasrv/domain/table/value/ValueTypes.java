package io.metasrv.domain.table.value;

import io.metasrv.domain.table.DataType;

/** Which values are of which types. */
public final class ValueTypes {

  private ValueTypes() {}

  /** Whether a column of the type can hold the value as it is; opaque values are not judged. */
  public static boolean fits(Value value, DataType type) {
    DataType plain = type.plain();
    return switch (value) {
      case Value.Null ignored -> true;
      case Value.Opaque ignored -> true;
      case Value.Bool ignored -> plain.equals(DataType.Kind.BOOLEAN.type());
      case Value.Whole whole -> plain.equals(whole.kind().type());
      case Value.Real real -> plain.equals(real.kind().type());
      case Value.Date ignored -> plain.equals(DataType.Kind.DATE.type());
      case Value.Text ignored -> plain instanceof DataType.Text;
      case Value.Blob ignored ->
          plain instanceof DataType.Binary
              || plain instanceof DataType.Vector
              || plain instanceof DataType.Json;
      case Value.Timestamp timestamp -> plain.equals(new DataType.Timestamp(timestamp.unit()));
      case Value.Time time -> plain.equals(new DataType.Time(time.unit()));
      case Value.Duration duration -> plain.equals(new DataType.Duration(duration.unit()));
      case Value.Decimal ignored -> plain instanceof DataType.Decimal128;
    };
  }
}
