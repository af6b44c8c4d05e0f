package io.metasrv.application.procedure.view;

import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.procedure.ErrorTexts;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Procedures as JSON, for listings and for the history. Bounded in size. */
public final class ProcedureJson {

  private static final int MAX_TEXT = 1_000;

  private ProcedureJson() {}

  /**
   * The members of an object that shows a procedure; the caller opens and closes the object.
   *
   * @param entries most entries of the timeline, the latest ones
   */
  public static JsonWriter members(JsonWriter json, ProcedureView view, int entries) {
    json.member("id", view.id().toString())
        .member("type_name", view.typeName())
        .member("subject", cut(view.subject()));
    text(json, "parent_id", view.parent().map(Object::toString));
    json.member("state", view.state().wireName())
        .member("activity", view.activity().name())
        .member("recovered", view.recovered())
        .member("submitted_at_ms", view.submittedAt().toEpochMilli())
        .member("start_time_ms", view.startMillis())
        .member("end_time_ms", view.endMillis());
    text(json, "error", view.state().failure().map(ErrorTexts::chain).map(ProcedureJson::cut));
    texts(json, "lock_keys", view.locks().keys());
    texts(json, "poison_keys", view.poisonKeys());
    texts(json, "children", view.children());
    timeline(json, view, entries);
    return json;
  }

  private static void timeline(JsonWriter json, ProcedureView view, int most) {
    List<TimelineEntry> entries = view.timeline();
    int from = Math.max(0, entries.size() - most);
    json.member("timeline_left_out", view.leftOut() + from).name("timeline").beginArray();
    for (TimelineEntry entry : entries.subList(from, entries.size())) {
      json.beginObject()
          .member("at_ms", entry.at().toEpochMilli())
          .member("state", entry.state())
          .member("what", cut(entry.what()));
      text(json, "error", entry.error().map(ProcedureJson::cut));
      json.endObject();
    }
    json.endArray();
  }

  /** A member with a text, or nothing at all. */
  public static void text(JsonWriter json, String name, Optional<String> value) {
    value.ifPresent(text -> json.member(name, text));
  }

  /** A member with the texts of things. */
  public static void texts(JsonWriter json, String name, Collection<?> things) {
    json.name(name).beginArray();
    things.forEach(thing -> json.value(String.valueOf(thing)));
    json.endArray();
  }

  /** The beginning of a text that may be long. */
  public static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + " …";
  }
}
