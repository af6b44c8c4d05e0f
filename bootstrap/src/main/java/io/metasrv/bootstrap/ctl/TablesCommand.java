package io.metasrv.bootstrap.ctl;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code ctl tables}. */
@Command(
    name = "tables",
    mixinStandardHelpOptions = true,
    description = "List tables and views by name. Any node answers.")
final class TablesCommand implements Callable<Integer> {

  private static final String WHAT = "listing tables";
  private static final int MOST = 1_000;

  @ParentCommand private CtlCommand ctl = CtlCommands.UNBOUND;
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-d", "--database"},
      paramLabel = "NAME",
      defaultValue = "",
      description = "Of one database only, or catalog.database.")
  private String database = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Most tables, 1 to 1000. Default ${DEFAULT-VALUE}.")
  private int limit = 100;

  @Option(
      names = "--after",
      paramLabel = "PLACE",
      defaultValue = "",
      description = "Go on after this place, which the page before named.")
  private String after = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (limit < 1 || limit > MOST) {
      throw new ParameterException(
          spec.commandLine(), "--limit must be a number from 1 to " + MOST + ": " + limit);
    }
    String path =
        "/admin/tables?limit=%d&database=%s&after=%s"
            .formatted(limit, escaped(database), escaped(after));
    Answer answer =
        ctl.servers().get(WHAT, path).orFail(WHAT, "metasrv ctl databases lists databases");
    if (ctl.wantsJson()) {
      ctl.out().println(answer.body());
      return 0;
    }
    JsonNode json = answer.json(WHAT);
    Ages ages = Ages.ofNow();
    Tables table = Tables.of("ID", "DATABASE", "NAME", "KIND", "ENGINE", "PARTITIONS", "AGE");
    for (JsonNode row : json.path("tables")) {
      table.row(
          row.path("id").asString("?"),
          qualified(row),
          row.path("name").asString(),
          kind(row),
          engine(row),
          row.path("partitions").asString("-"),
          row.has("created_ms") ? ages.since(row.path("created_ms").asLong()) : "?");
    }
    ctl.out().print(table);
    if (json.has("next")) {
      ctl.out().println("there are more: --after " + json.path("next").asString());
    }
    Problems.print(ctl, json);
    return 0;
  }

  private static String engine(JsonNode row) {
    String engine = row.path("engine").asString("?");
    return engine.isEmpty() ? "-" : engine;
  }

  private static String kind(JsonNode row) {
    String kind = row.path("kind").asString();
    return row.has("physical_table_id")
        ? kind + " on " + row.path("physical_table_id").asString()
        : kind;
  }

  private static String qualified(JsonNode row) {
    String catalog = row.path("catalog").asString();
    String name = row.path("database").asString();
    return catalog.equals("greptime") ? name : catalog + "." + name;
  }

  static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
