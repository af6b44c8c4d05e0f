package io.metasrv.application.ddl.truncate;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.table.TimeUnit;
import java.util.List;

/** The time from one moment to another, each in a unit of its own. */
record TimeRange(Moment start, Moment end) {

  /** A moment: so many units since 1970. */
  record Moment(long value, TimeUnit unit) {

    void write(JsonWriter out) {
      out.beginObject().member("value", value).member("unit", unit.text()).endObject();
    }

    static Moment read(JsonValue json) {
      JsonValue.Object object = json.asObject();
      return new Moment(object.number("value"), unit(object.text("unit")));
    }

    private static TimeUnit unit(String text) {
      for (TimeUnit unit : TimeUnit.values()) {
        if (unit.text().equals(text)) {
          return unit;
        }
      }
      throw new JsonFormatException("unknown unit of time `" + text + "`");
    }
  }

  void write(JsonWriter out) {
    out.beginArray();
    start.write(out);
    end.write(out);
    out.endArray();
  }

  static TimeRange read(JsonValue json) {
    List<JsonValue> ends = json.asArray();
    if (ends.size() != 2) {
      throw new JsonFormatException("expected start and end of a time range");
    }
    return new TimeRange(Moment.read(ends.getFirst()), Moment.read(ends.getLast()));
  }
}
