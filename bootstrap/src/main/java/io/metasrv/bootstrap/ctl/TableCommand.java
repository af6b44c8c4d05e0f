package io.metasrv.bootstrap.ctl;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ctl table …}. */
@Command(
    name = "table",
    mixinStandardHelpOptions = true,
    description = "One table or view.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = TableCommand.Show.class)
final class TableCommand {

  @ParentCommand private CtlCommand ctl = CtlCommands.UNBOUND;

  /** {@code ctl table show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description =
          "Show all that is stored of a table: columns, options, regions with their datanodes,"
              + " topics, relations and flows. Any node answers.")
  static final class Show implements Callable<Integer> {

    @ParentCommand private TableCommand group = new TableCommand();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
        paramLabel = "NAME|ID",
        description = "table, database.table, catalog.database.table, or an id.")
    private String table = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
      if (table.isBlank() || table.contains("/")) {
        throw new ParameterException(
            spec.commandLine(),
            "\"%s\" is no table: expected table, database.table, catalog.database.table, or an id"
                .formatted(table));
      }
      CtlCommand ctl = group.ctl;
      String what = "showing table " + table;
      Answer answer =
          ctl.servers()
              .get(what, "/admin/tables/" + TablesCommand.escaped(table).replace("+", "%20"))
              .orFail(what, "metasrv ctl tables lists tables");
      if (ctl.wantsJson()) {
        ctl.out().println(answer.body());
      } else {
        var json = answer.json(what);
        ctl.out().print(new TableText(json, Ages.ofNow()).text());
        Problems.print(ctl, json);
      }
      return 0;
    }
  }
}
