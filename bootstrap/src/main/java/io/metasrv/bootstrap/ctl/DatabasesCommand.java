package io.metasrv.bootstrap.ctl;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;

/** {@code ctl databases}. */
@Command(
    name = "databases",
    mixinStandardHelpOptions = true,
    description = "List databases: time to live, options, number of tables. Any node answers.")
final class DatabasesCommand implements Callable<Integer> {

  private static final String WHAT = "listing databases";

  @ParentCommand private CtlCommand ctl = CtlCommands.UNBOUND;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Answer answer = ctl.servers().get(WHAT, "/admin/databases").orFail(WHAT, "");
    if (ctl.wantsJson()) {
      ctl.out().println(answer.body());
      return 0;
    }
    JsonNode json = answer.json(WHAT);
    Tables table = Tables.of("CATALOG", "DATABASE", "TTL", "TABLES", "OPTIONS");
    for (JsonNode database : json.path("databases")) {
      table.row(
          database.path("catalog").asString(),
          database.path("name").asString(),
          database.path("ttl").asString("-"),
          database.path("tables").asString(),
          options(database.path("options")));
    }
    ctl.out().print(table);
    Problems.print(ctl, json);
    return 0;
  }

  /** {@code a=1, b=2}. */
  static String options(JsonNode options) {
    return options.properties().stream()
        .map(option -> option.getKey() + "=" + option.getValue().asString())
        .collect(Collectors.joining(", "));
  }
}
