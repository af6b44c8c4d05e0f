package io.metasrv.bootstrap.ctl;

import io.metasrv.domain.procedure.ProcedureId;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ctl procedure …}. */
@Command(
    name = "procedure",
    mixinStandardHelpOptions = true,
    description = "Look at one procedure, or step in. The leader answers.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ProcedureCommand.Show.class,
      ProcedureCommand.Cancel.class,
      ProcedureCommand.Skip.class,
      ProcedureCommand.Retry.class
    })
final class ProcedureCommand {

  private static final String HINT = "metasrv ctl procedures --all lists what the leader knows";

  @ParentCommand private CtlCommand ctl = CtlCommands.UNBOUND;

  /** What all of them have. */
  abstract static class OfOne implements Callable<Integer> {

    @ParentCommand private ProcedureCommand group = new ProcedureCommand();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "Id of the procedure, as listed.")
    private String id = "";

    CtlCommand ctl() {
      return group.ctl;
    }

    String path() {
      return "/admin/procedures/" + id();
    }

    ProcedureId id() {
      return ProcedureId.parse(id)
          .orElseThrow(
              () ->
                  new ParameterException(
                      spec.commandLine(),
                      "\"%s\" is no id of a procedure; one looks like 0a1b2c3d-0000-4000-8000-000000000000"
                          .formatted(id)));
    }

    Answer shown() throws IOException, InterruptedException {
      String what = "showing procedure " + id();
      return ctl().servers().get(what, path()).orFail(what, HINT);
    }

    int order(String verb, String doing) throws IOException, InterruptedException {
      String what = doing + " procedure " + id();
      Answer answer =
          ctl()
              .servers()
              .post(what, path() + "/" + verb, "")
              .orFail(what, "metasrv ctl procedure show " + id() + " tells where it stands");
      if (ctl().wantsJson()) {
        ctl().out().println(answer.body());
      } else {
        var json = answer.json(what);
        ctl().out().println("Procedure " + id() + ": " + json.path("result").asString());
        json.path("poisons_left")
            .forEach(poison -> ctl().out().println("poison left: " + poison.asString()));
      }
      return 0;
    }
  }

  /** {@code ctl procedure show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description =
          "Show a procedure: where it stands, its locks and who is in the way, its last error with"
              + " the root cause, and what has happened to it so far.")
  static final class Show extends OfOne {
    @Override
    public Integer call() throws IOException, InterruptedException {
      Answer answer = shown();
      ctl()
          .out()
          .print(
              ctl().wantsJson()
                  ? answer.body() + "\n"
                  : new ProcedureText(answer.json("showing procedure " + id()), Ages.ofNow())
                      .text());
      return 0;
    }
  }

  /** {@code ctl procedure cancel}. */
  @Command(
      name = "cancel",
      mixinStandardHelpOptions = true,
      description =
          "Ask a procedure to end at its next boundary between steps. It is rolled back if it can"
              + " be, else it fails.")
  static final class Cancel extends OfOne {
    @Override
    public Integer call() throws IOException, InterruptedException {
      return order("cancel", "cancelling");
    }
  }

  /** {@code ctl procedure skip}. */
  @Command(
      name = "skip",
      mixinStandardHelpOptions = true,
      description =
          "Take away a procedure that is stuck, without rolling it back. Tells what stays behind,"
              + " and asks before it does it.")
  static final class Skip extends OfOne {

    @Option(
        names = {"-y", "--yes"},
        description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() throws IOException, InterruptedException {
      String what = "looking at procedure " + id();
      ctl().err().print(new SkipNotice(shown().json(what)).text());
      if (!yes && !ctl().confirmed("Type skip to go on: ", "skip")) {
        throw new IOException(
            "procedure %s was not skipped: that has to be confirmed by the word skip, or by --yes"
                .formatted(id()));
      }
      return order("skip", "skipping");
    }
  }

  /** {@code ctl procedure retry}. */
  @Command(
      name = "retry",
      mixinStandardHelpOptions = true,
      description = "Run a procedure after all that was set apart, from its last record.")
  static final class Retry extends OfOne {
    @Override
    public Integer call() throws IOException, InterruptedException {
      return order("retry", "retrying");
    }
  }
}
