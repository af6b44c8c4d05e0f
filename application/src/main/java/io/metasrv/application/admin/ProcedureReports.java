package io.metasrv.application.admin;

import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.procedure.lock.LockTable.Place;
import io.metasrv.application.procedure.view.ProcedureJson;
import io.metasrv.application.procedure.view.ProcedureView;
import io.metasrv.application.procedure.view.QuarantinedProcedure;
import io.metasrv.domain.procedure.ErrorTexts;
import io.metasrv.domain.procedure.ProcedureId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Listings of procedures and locks as JSON. */
final class ProcedureReports {

  private ProcedureReports() {}

  static String list(List<ProcedureView> views, List<QuarantinedProcedure> quarantined) {
    JsonWriter json = new JsonWriter().beginObject().name("procedures").beginArray();
    views.forEach(view -> ProcedureJson.members(json.beginObject(), view, 0).endObject());
    json.endArray().name("quarantined").beginArray();
    quarantined.forEach(apart -> quarantined(json, apart));
    return json.endArray().endObject().toText();
  }

  static String show(ProcedureView view, List<Place> places) {
    JsonWriter json = new JsonWriter().beginObject();
    ProcedureJson.members(json, view, Integer.MAX_VALUE);
    ProcedureJson.text(
        json,
        "root_cause",
        view.state().failure().map(ErrorTexts::rootCause).map(ProcedureJson::cut));
    ProcedureJson.texts(json, "waits_for", waitsFor(view.id(), places));
    locksOf(json, view.id(), places);
    return json.endObject().toText();
  }

  /** The places of one procedure, and who is before it in the queue of each lock it waits for. */
  private static void locksOf(JsonWriter json, ProcedureId id, List<Place> places) {
    json.name("locks").beginArray();
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      if (place.owner().equals(id)) {
        place(json.beginObject(), place).name("blocked_by");
        List<Place> earlier = places.subList(0, i);
        places(json, earlier.stream().filter(other -> blocks(other, place)).toList());
        json.endObject();
      }
    }
    json.endArray();
  }

  private static boolean blocks(Place earlier, Place place) {
    return !place.held()
        && !earlier.owner().equals(place.owner())
        && earlier.key().text().equals(place.key().text())
        && earlier.key().mode().conflictsWith(place.key().mode());
  }

  /** The holders of what a procedure waits for. */
  private static Set<ProcedureId> waitsFor(ProcedureId id, List<Place> places) {
    Set<ProcedureId> holders = new LinkedHashSet<>();
    for (Place wanted : places) {
      if (wanted.owner().equals(id) && !wanted.held()) {
        places.stream()
            .filter(place -> place.held() && place.key().text().equals(wanted.key().text()))
            .filter(place -> place.key().mode().conflictsWith(wanted.key().mode()))
            .map(Place::owner)
            .forEach(holders::add);
      }
    }
    return holders;
  }

  static String quarantined(QuarantinedProcedure apart) {
    JsonWriter json = new JsonWriter();
    quarantined(json, apart);
    return json.toText();
  }

  private static void quarantined(JsonWriter json, QuarantinedProcedure apart) {
    json.beginObject();
    ProcedureJson.text(json, "id", apart.id().map(ProcedureId::toString));
    json.member("state", "Quarantined")
        .member("key", apart.key().toString())
        .member("reason", apart.reason())
        .member("since_ms", apart.since().toEpochMilli());
    ProcedureJson.texts(json, "keys", apart.allKeys());
    json.endObject();
  }

  static String locks(List<Place> places, List<Place> dynamic) {
    JsonWriter json = new JsonWriter().beginObject();
    places(json.name("procedure_locks"), places);
    places(json.name("dynamic_locks"), dynamic);
    return json.endObject().toText();
  }

  private static void places(JsonWriter json, List<Place> places) {
    json.beginArray();
    for (Place place : places) {
      place(json.beginObject(), place).endObject();
    }
    json.endArray();
  }

  private static JsonWriter place(JsonWriter json, Place place) {
    return json.member("key", place.key().text())
        .member("mode", place.key().mode().wireName())
        .member("procedure", place.owner().toString())
        .member("held", place.held())
        .member("since_ms", place.since().toEpochMilli());
  }
}
