package io.metasrv.bootstrap.ctl;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a procedure leaves behind that is skipped. */
final class SkipNotice {

  private static final int STEPS = 5;

  private final JsonNode procedure;

  SkipNotice(JsonNode procedure) {
    this.procedure = procedure;
  }

  String text() {
    return procedure.path("state").asString().equals("Quarantined") ? quarantined() : known();
  }

  private String quarantined() {
    return """
    Skipping %s
      It is set apart and not run: %s
      Nothing is rolled back: what its steps did before stays.
      Stored under %s; these records move to the history.
    """
        .formatted(
            procedure.path("id").asString(),
            Tables.printable(procedure.path("reason").asString()),
            TableText.joined(procedure.path("keys")));
  }

  private String known() {
    StringBuilder text = new StringBuilder();
    text.append(
        "Skipping %s, %s on %s, state %s\n"
            .formatted(
                procedure.path("id").asString(),
                ProcedureText.type(procedure),
                Tables.printable(procedure.path("subject").asString("?")),
                procedure.path("state").asString()));
    text.append("  Nothing is rolled back: what its steps did stays. The last of them:\n");
    List<JsonNode> entries = procedure.path("timeline").valueStream().toList();
    entries
        .subList(Math.max(0, entries.size() - STEPS), entries.size())
        .forEach(
            entry ->
                text.append("    ")
                    .append(Tables.printable(entry.path("what").asString()))
                    .append('\n'));
    line(
        text,
        "  Poisons it may leave, which block changes of the same table until someone cleans"
            + " up: ",
        procedure.path("poison_keys"));
    line(text, "  Its children, of which each is left as it is: ", procedure.path("children"));
    line(text, "  Locks that become free: ", procedure.path("lock_keys"));
    return text.toString();
  }

  private static void line(StringBuilder text, String words, JsonNode things) {
    if (!things.isEmpty()) {
      text.append(words).append(Tables.printable(TableText.joined(things))).append('\n');
    }
  }
}
