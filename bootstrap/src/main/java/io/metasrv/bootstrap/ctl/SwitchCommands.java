package io.metasrv.bootstrap.ctl;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The switches of a cluster. */
final class SwitchCommands {

  private SwitchCommands() {}

  /** What can be done with a switch; the names are the words of the command line. */
  enum Mode {
    status,
    enable,
    disable
  }

  /** What can be done with the procedure manager. */
  enum Order {
    status,
    pause,
    resume
  }

  private static int ask(PlainCommand command, String of, Enum<?> word)
      throws IOException, InterruptedException {
    String path = "/admin/" + of + "/" + word.name();
    return word.name().equals("status")
        ? command.get("asking for " + of, path)
        : command.post(of + " " + word.name(), path, "");
  }

  /** {@code ctl maintenance}. */
  @Command(
      name = "maintenance",
      mixinStandardHelpOptions = true,
      description = "Maintenance mode: background actors stand still.")
  static final class Maintenance extends PlainCommand {
    @Parameters(defaultValue = "status", description = "${COMPLETION-CANDIDATES}.")
    private Mode mode = Mode.status;

    @Override
    public Integer call() throws IOException, InterruptedException {
      return ask(this, "maintenance", mode);
    }
  }

  /** {@code ctl recovery}. */
  @Command(
      name = "recovery",
      mixinStandardHelpOptions = true,
      description = "Recovery mode: the next table id may be set.")
  static final class Recovery extends PlainCommand {
    @Parameters(defaultValue = "status", description = "${COMPLETION-CANDIDATES}.")
    private Mode mode = Mode.status;

    @Override
    public Integer call() throws IOException, InterruptedException {
      return ask(this, "recovery", mode);
    }
  }

  /** {@code ctl procedure-manager}. */
  @Command(
      name = "procedure-manager",
      mixinStandardHelpOptions = true,
      description = "The procedure manager: a paused one takes no new procedures.")
  static final class Manager extends PlainCommand {
    @Parameters(defaultValue = "status", description = "${COMPLETION-CANDIDATES}.")
    private Order order = Order.status;

    @Override
    public Integer call() throws IOException, InterruptedException {
      return ask(this, "procedure-manager", order);
    }
  }
}
