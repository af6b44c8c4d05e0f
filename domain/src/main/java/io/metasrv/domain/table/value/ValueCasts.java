package io.metasrv.domain.table.value;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.table.DataType;
import io.metasrv.domain.table.TimeUnit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Values as values of other types. */
public final class ValueCasts {

  private static final long DAY_SECONDS = 86_400;

  private ValueCasts() {}

  /** The value in the type; empty if it has none there. */
  public static Optional<Value> cast(Value value, DataType type) {
    if (value instanceof Value.Null) {
      return Optional.of(value);
    }
    return switch (type.plain()) {
      case DataType.Simple(DataType.Kind kind) -> toSimple(value, kind);
      case DataType.Text ignored -> toText(value).map(Value.Text::new);
      case DataType.Binary ignored -> toBlob(value);
      case DataType.Timestamp(TimeUnit unit) -> toTimestamp(value, unit);
      case DataType.Time(TimeUnit unit) -> toTime(value, unit);
      case DataType.Duration(TimeUnit unit) -> toDuration(value, unit);
      case DataType.Decimal128 decimal ->
          toNumber(value).flatMap(n -> Numbers.decimal(decimal, n, RoundingMode.HALF_UP));
      case DataType.Interval ignored -> Optional.empty();
      case DataType.ListOf ignored -> Optional.empty();
      case DataType.Dictionary ignored -> Optional.empty();
      case DataType.Struct ignored -> Optional.empty();
      case DataType.Json ignored -> Optional.empty();
      case DataType.Vector ignored -> Optional.empty();
      case DataType.Foreign ignored -> Optional.empty();
      case DataType.Extended ignored -> Optional.empty();
    };
  }

  private static Optional<Value> toSimple(Value value, DataType.Kind kind) {
    return switch (kind) {
      case NULL -> Optional.empty();
      case BOOLEAN -> toBool(value);
      case DATE -> toDate(value);
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, FLOAT32, FLOAT64 ->
          value instanceof Value.Text(String text)
              ? Numbers.parse(kind, text)
              : toNumber(value).flatMap(number -> Numbers.of(kind, number));
    };
  }

  private static Optional<BigDecimal> toNumber(Value value) {
    return switch (value) {
      case Value.Bool(boolean truth) -> Optional.of(truth ? BigDecimal.ONE : BigDecimal.ZERO);
      case Value.Whole(var _, BigInteger number) -> Optional.of(new BigDecimal(number));
      case Value.Real real -> real(real);
      case Value.Decimal(BigInteger unscaled, int _, int scale) ->
          Optional.of(new BigDecimal(unscaled, scale));
      case Value.Text(String text) -> Numbers.decimal(text);
      case Value.Date(int days) -> Optional.of(BigDecimal.valueOf(days));
      case Value.Timestamp(long count, var _) -> Optional.of(BigDecimal.valueOf(count));
      case Value.Time(long count, var _) -> Optional.of(BigDecimal.valueOf(count));
      case Value.Duration(long count, var _) -> Optional.of(BigDecimal.valueOf(count));
      case Value.Null ignored -> Optional.empty();
      case Value.Blob ignored -> Optional.empty();
      case Value.Opaque ignored -> Optional.empty();
    };
  }

  private static Optional<BigDecimal> real(Value.Real real) {
    return Double.isFinite(real.number())
        ? Optional.of(new BigDecimal(Numbers.text(real.kind(), real.number())))
        : Optional.empty();
  }

  private static Optional<Long> toWhole(Value value) {
    return value instanceof Value.Whole(var _, BigInteger number) && number.bitLength() < Long.SIZE
        ? Optional.of(number.longValue())
        : Optional.empty();
  }

  private static Optional<Value> toBool(Value value) {
    return switch (value) {
      case Value.Bool ignored -> Optional.of(value);
      case Value.Text(String text) ->
          switch (text) {
            case "true" -> Optional.of(new Value.Bool(true));
            case "false" -> Optional.of(new Value.Bool(false));
            default -> Optional.empty();
          };
      case Value.Whole whole -> Optional.of(new Value.Bool(whole.number().signum() != 0));
      case Value.Real(var _, double number) -> Optional.of(new Value.Bool(number != 0));
      default -> Optional.empty();
    };
  }

  private static Optional<Value> toDate(Value value) {
    return switch (value) {
      case Value.Date ignored -> Optional.of(value);
      case Value.Text(String text) ->
          Moments.parse(text)
              .map(m -> m.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay())
              .map(days -> new Value.Date(days.intValue()));
      case Value.Timestamp(long count, TimeUnit unit) ->
          Moments.convert(count, unit, TimeUnit.SECOND)
              .flatMap(s -> days(Math.floorDiv(s, DAY_SECONDS)));
      case Value.Whole whole -> toWhole(whole).flatMap(ValueCasts::days);
      default -> Optional.empty();
    };
  }

  private static Optional<Value> days(long days) {
    return days == (int) days ? Optional.of(new Value.Date((int) days)) : Optional.empty();
  }

  private static Optional<Value> toTimestamp(Value value, TimeUnit unit) {
    Optional<Long> count =
        switch (value) {
          case Value.Timestamp(long given, TimeUnit from) -> Moments.convert(given, from, unit);
          case Value.Text(String text) ->
              Moments.parse(text).flatMap(moment -> Moments.count(moment, unit));
          case Value.Date(int days) -> Moments.convert(days * DAY_SECONDS, TimeUnit.SECOND, unit);
          case Value.Whole whole -> toWhole(whole);
          default -> Optional.empty();
        };
    return count.map(given -> new Value.Timestamp(given, unit));
  }

  private static Optional<Value> toTime(Value value, TimeUnit unit) {
    Optional<Long> count =
        value instanceof Value.Time(long given, TimeUnit from)
            ? Moments.convert(given, from, unit)
            : toWhole(value);
    return count.map(given -> new Value.Time(given, unit));
  }

  private static Optional<Value> toDuration(Value value, TimeUnit unit) {
    Optional<Long> count =
        value instanceof Value.Duration(long given, TimeUnit from)
            ? Moments.convert(given, from, unit)
            : toWhole(value);
    return count.map(given -> new Value.Duration(given, unit));
  }

  private static Optional<Value> toBlob(Value value) {
    return switch (value) {
      case Value.Blob ignored -> Optional.of(value);
      case Value.Text(String text) -> Optional.of(new Value.Blob(Bytes.utf8(text)));
      default -> Optional.empty();
    };
  }

  private static Optional<String> toText(Value value) {
    return switch (value) {
      case Value.Text(String text) -> Optional.of(text);
      case Value.Bool(boolean truth) -> Optional.of(Boolean.toString(truth));
      case Value.Whole(var _, BigInteger number) -> Optional.of(number.toString());
      case Value.Real(DataType.Kind kind, double number) -> Optional.of(Numbers.text(kind, number));
      case Value.Decimal(BigInteger unscaled, int _, int scale) ->
          Optional.of(new BigDecimal(unscaled, scale).toPlainString());
      case Value.Date(int days) -> Optional.of(LocalDate.ofEpochDay(days).toString());
      case Value.Timestamp(long count, TimeUnit unit) -> Optional.of(Moments.text(count, unit));
      case Value.Time(long count, TimeUnit unit) -> Optional.of(Moments.timeText(count, unit));
      case Value.Duration(long count, var _) -> Optional.of(Long.toString(count));
      case Value.Blob(Bytes content) -> Optional.of(content.toUtf8());
      case Value.Null ignored -> Optional.empty();
      case Value.Opaque ignored -> Optional.empty();
    };
  }
}
