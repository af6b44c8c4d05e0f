package io.metasrv.domain.table.value;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.table.DataType;
import io.metasrv.domain.table.TimeUnit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneOffset;
import java.util.Optional;

/** A constant as SQL writes it, before the type of its column is known (sheet 06 §10.2). */
public sealed interface Literal {

  /**
   * A number.
   *
   * @param digits with a minus sign, if there was one
   */
  record Number(String digits) implements Literal {}

  /** Quoted text. */
  record Text(String text) implements Literal {}

  /** A truth value. */
  record Bool(boolean truth) implements Literal {}

  /** {@code NULL}. */
  record Null() implements Literal {}

  /** The value in a column of the type; empty if the type does not take it. */
  default Optional<Value> in(DataType type) {
    return switch (this) {
      case Null ignored -> Optional.of(new Value.Null());
      case Bool(boolean truth) -> bool(truth, type.plain());
      case Number(String digits) -> number(digits, type.plain());
      case Text(String text) -> text(text, type.plain());
    };
  }

  private static Optional<Value> bool(boolean truth, DataType type) {
    return type.equals(DataType.Kind.BOOLEAN.type())
        ? Optional.of(new Value.Bool(truth))
        : Optional.empty();
  }

  private static Optional<Value> number(String digits, DataType type) {
    return switch (type) {
      case DataType.Simple(DataType.Kind kind) when kind.isNumeric() -> Numbers.parse(kind, digits);
      case DataType.Simple(DataType.Kind kind) when kind == DataType.Kind.BOOLEAN ->
          switch (digits) {
            case "0" -> Optional.of(new Value.Bool(false));
            case "1" -> Optional.of(new Value.Bool(true));
            default -> Optional.empty();
          };
      case DataType.Timestamp(TimeUnit unit) ->
          Numbers.parseLong(digits).map(count -> new Value.Timestamp(count, unit));
      case DataType.Decimal128 decimal -> decimal(digits, decimal);
      default -> Optional.empty();
    };
  }

  private static Optional<Value> decimal(String digits, DataType.Decimal128 type) {
    Optional<BigDecimal> number = Numbers.decimal(digits);
    return number.flatMap(given -> Numbers.decimal(type, given, RoundingMode.UNNECESSARY));
  }

  private static Optional<Value> text(String text, DataType type) {
    return switch (type) {
      case DataType.Text ignored -> Optional.of(new Value.Text(text));
      case DataType.Binary ignored -> Optional.of(new Value.Blob(Bytes.utf8(text)));
      case DataType.Decimal128 decimal -> decimal(text, decimal);
      case DataType.Timestamp(TimeUnit unit) ->
          Moments.parse(text)
              .flatMap(moment -> Moments.count(moment, unit))
              .map(count -> new Value.Timestamp(count, unit));
      case DataType.Simple(DataType.Kind kind) when kind == DataType.Kind.DATE ->
          Moments.parse(text)
              .map(moment -> moment.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay())
              .map(days -> new Value.Date(days.intValue()));
      case DataType.Simple(DataType.Kind kind) when kind.isNumeric() -> Numbers.parse(kind, text);
      default -> Optional.empty();
    };
  }
}
