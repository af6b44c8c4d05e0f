package io.metasrv.bootstrap.ctl;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A procedure as text: running, remembered, set apart, or out of the history. */
final class ProcedureText {

  private final JsonNode procedure;
  private final Ages ages;
  private final StringBuilder text = new StringBuilder();

  ProcedureText(JsonNode procedure, Ages ages) {
    this.procedure = procedure;
    this.ages = ages;
  }

  String text() {
    if (procedure.path("state").asString().equals("Quarantined")) {
      return quarantined();
    }
    head();
    locks();
    timeline();
    return text.toString();
  }

  private String quarantined() {
    String id = procedure.path("id").asString("?");
    return Tables.ofPairs()
            .row("Procedure", id)
            .row("State", "Quarantined: it is stored and not run")
            .row("Since", ages.at(procedure.path("since_ms").asLong()))
            .row("Reason", procedure.path("reason").asString())
            .row("Keys", TableText.joined(procedure.path("keys")))
            .toString()
        + "Once the reason is gone: metasrv ctl procedure retry %s; to give it up: … skip %s\n"
            .formatted(id, id);
  }

  private void head() {
    text.append(
        Tables.ofPairs()
            .row("Procedure", procedure.path("id").asString())
            .row("Type", type(procedure))
            .pair("On", procedure.path("subject").asString(""))
            .row("State", procedure.path("state").asString())
            .pair("Doing", procedure.has("finished_at_ms") ? "" : activity(procedure))
            .pair("Begun by", procedure.path("recovered").asBoolean(false) ? "a former leader" : "")
            .pair("Ended under", procedure.path("leader").asString(""))
            .pair("Submitted", time("submitted_at_ms"))
            .pair("Locks taken", time("start_time_ms"))
            .pair("Ended", time(procedure.has("finished_at_ms") ? "finished_at_ms" : "end_time_ms"))
            .pair("Last error", procedure.path("error").asString(""))
            .pair("Root cause", procedure.path("root_cause").asString(""))
            .pair("Parent", procedure.path("parent_id").asString(""))
            .pair("Children", TableText.joined(procedure.path("children")))
            .pair("May poison", TableText.joined(procedure.path("poison_keys")))
            .pair("Waits for", TableText.joined(procedure.path("waits_for"))));
  }

  private String time(String member) {
    long millis = procedure.path(member).asLong(0);
    return millis == 0 ? "" : ages.at(millis);
  }

  private void locks() {
    if (procedure.path("locks").isEmpty()) {
      if (!procedure.path("lock_keys").isEmpty()) {
        text.append("\nLocks it had: ")
            .append(Tables.printable(TableText.joined(procedure.path("lock_keys"))))
            .append('\n');
      }
      return;
    }
    Tables rows = Tables.of("LOCK", "MODE", "STATE", "SINCE", "BEHIND");
    for (JsonNode lock : procedure.path("locks")) {
      rows.row(
          lock.path("key").asString(),
          lock.path("mode").asString(),
          lock.path("held").asBoolean() ? "held" : "waiting",
          ages.since(lock.path("since_ms").asLong()) + " ago",
          blockers(lock.path("blocked_by")));
    }
    text.append('\n').append(rows);
  }

  private String blockers(JsonNode places) {
    List<String> texts = new ArrayList<>();
    for (JsonNode place : places) {
      texts.add(
          "%s (%s for %s)"
              .formatted(
                  place.path("procedure").asString(),
                  place.path("held").asBoolean() ? "holds it" : "waits",
                  ages.since(place.path("since_ms").asLong())));
    }
    return texts.isEmpty() ? "-" : String.join(", ", texts);
  }

  private void timeline() {
    if (procedure.path("timeline").isEmpty()) {
      return;
    }
    text.append('\n');
    long leftOut = procedure.path("timeline_left_out").asLong(0);
    Tables rows = Tables.of("AT (UTC)", "AFTER", "STATE", "WHAT", "ERROR");
    long first = procedure.path("timeline").path(0).path("at_ms").asLong();
    for (JsonNode entry : procedure.path("timeline")) {
      long at = entry.path("at_ms").asLong();
      rows.row(
          Ages.moment(at),
          Ages.text(Duration.ofMillis(Math.max(0, at - first))),
          entry.path("state").asString(),
          entry.path("what").asString(),
          entry.path("error").asString("-"));
    }
    text.append(rows);
    if (leftOut > 0) {
      text.append("(").append(leftOut).append(" entries in between are not kept)\n");
    }
  }

  /** The type without the reference's name space. */
  static String type(JsonNode procedure) {
    String type = procedure.path("type_name").asString("?");
    return type.substring(type.lastIndexOf(':') + 1);
  }

  /** What it does, in words. */
  static String activity(JsonNode procedure) {
    return switch (procedure.path("activity").asString("")) {
      case "WAITING_FOR_LOCKS" -> "waiting for locks";
      case "IN_STEP" -> "in a step";
      case "PAUSING" -> "pausing before the next try";
      case "WAITING_FOR_CHILDREN" -> "waiting for children";
      case "ENDED" -> "";
      default -> procedure.path("activity").asString("?");
    };
  }
}
