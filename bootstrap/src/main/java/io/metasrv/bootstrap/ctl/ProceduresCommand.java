package io.metasrv.bootstrap.ctl;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code ctl procedures}. */
@Command(
    name = "procedures",
    mixinStandardHelpOptions = true,
    description =
        "List procedures under way and those set apart; with --all those that ended in the last"
            + " minutes, too; with --history finished ones only. The leader answers.")
final class ProceduresCommand implements Callable<Integer> {

  private static final String WHAT = "listing procedures";
  private static final int MOST = 1_000;

  @ParentCommand private CtlCommand ctl = CtlCommands.UNBOUND;
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--all", description = "Also those that ended and are still remembered.")
  private boolean all;

  @Option(names = "--history", description = "Finished procedures, also of former leaders.")
  private boolean history;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Most records of the history, 1 to 1000. Default ${DEFAULT-VALUE}.")
  private int limit = 20;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (all && history) {
      throw new ParameterException(spec.commandLine(), "--all and --history exclude each other");
    }
    if (limit < 1 || limit > MOST) {
      throw new ParameterException(
          spec.commandLine(), "--limit must be a number from 1 to " + MOST + ": " + limit);
    }
    String path = history ? "/admin/procedures/history?limit=" + limit : "/admin/procedures";
    Answer answer = ctl.servers().get(WHAT, path).orFail(WHAT, "");
    if (ctl.wantsJson()) {
      ctl.out().println(answer.body());
    } else if (history) {
      ctl.out().print(finished(answer.json(WHAT)));
    } else {
      print(answer.json(WHAT));
    }
    return 0;
  }

  private void print(JsonNode json) {
    Ages ages = Ages.ofNow();
    Tables table = Tables.of("ID", "TYPE", "STATE", "AGE", "DOING", "ON");
    int shown = 0;
    for (JsonNode procedure : json.path("procedures")) {
      if (all || procedure.path("end_time_ms").asLong() == 0) {
        shown++;
        table.row(
            procedure.path("id").asString(),
            ProcedureText.type(procedure),
            procedure.path("state").asString(),
            ages.since(procedure.path("submitted_at_ms").asLong()),
            doing(procedure),
            procedure.path("subject").asString());
      }
    }
    for (JsonNode apart : json.path("quarantined")) {
      shown++;
      table.row(
          apart.path("id").asString("?"),
          "?",
          apart.path("state").asString(),
          ages.since(apart.path("since_ms").asLong()),
          "not run: " + apart.path("reason").asString(),
          apart.path("key").asString());
    }
    if (shown == 0) {
      ctl.out().println(all ? "no procedures" : "no procedures under way");
    } else {
      ctl.out().print(table);
    }
  }

  private static String doing(JsonNode procedure) {
    String activity = ProcedureText.activity(procedure);
    return activity.isEmpty() ? "-" : activity;
  }

  private static String finished(JsonNode records) {
    Ages ages = Ages.ofNow();
    Tables table = Tables.of("ID", "TYPE", "STATE", "ENDED", "TOOK", "ON", "ERROR");
    for (JsonNode record : records) {
      table.row(
          record.path("id").asString(),
          ProcedureText.type(record),
          record.path("state").asString(),
          ages.since(record.path("finished_at_ms").asLong()) + " ago",
          record.has("submitted_at_ms")
              ? Ages.text(
                  Duration.ofMillis(
                      Math.max(
                          0,
                          record.path("finished_at_ms").asLong()
                              - record.path("submitted_at_ms").asLong())))
              : "?",
          record.path("subject").asString("?"),
          record.path("error").asString("-"));
    }
    return records.isEmpty() ? "no finished procedures\n" : table.toString();
  }
}
