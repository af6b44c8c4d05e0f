package io.metasrv.bootstrap.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Asks and switches a running metasrv through its HTTP port. Prints the answer as it came. */
@Command(
    name = "ctl",
    description = "Ask and switch a running metasrv.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class CtlCommand {

  @Option(
      names = "--http-addr",
      paramLabel = "ADDR",
      defaultValue = "127.0.0.1:4000",
      scope = ScopeType.INHERIT,
      description = "HTTP address of the metasrv; default ${DEFAULT-VALUE}.")
  private String httpAddr = "127.0.0.1:4000";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(description = "Role, leader, and what is missing if it is not ready.")
  int ready() throws IOException, InterruptedException {
    return call("GET", "/readyz", "");
  }

  @Command(description = "Address of the leader.")
  int leader() throws IOException, InterruptedException {
    return call("GET", "/admin/leader", "");
  }

  @Command(description = "Leases of datanodes.")
  int leases() throws IOException, InterruptedException {
    return call("GET", "/admin/node-lease", "");
  }

  @Command(description = "Latest statistics of datanodes.")
  int heartbeats(
      @Option(names = "--addr", defaultValue = "", description = "Of one datanode only.")
          String address)
      throws IOException, InterruptedException {
    String query =
        address.isEmpty() ? "" : "?addr=" + URLEncoder.encode(address, StandardCharsets.UTF_8);
    return call("GET", "/admin/heartbeat" + query, "");
  }

  @Command(description = "Maintenance mode: status, enable or disable.")
  int maintenance(@Parameters(defaultValue = "status") Mode mode)
      throws IOException, InterruptedException {
    return call(mode.method(), "/admin/maintenance/" + mode, "");
  }

  @Command(description = "Recovery mode: status, enable or disable.")
  int recovery(@Parameters(defaultValue = "status") Mode mode)
      throws IOException, InterruptedException {
    return call(mode.method(), "/admin/recovery/" + mode, "");
  }

  @Command(description = "Procedure manager: status, pause or resume.")
  int procedures(@Parameters(defaultValue = "status") Manager manager)
      throws IOException, InterruptedException {
    return call(
        manager == Manager.status ? "GET" : "POST", "/admin/procedure-manager/" + manager, "");
  }

  @Command(name = "next-table-id", description = "The next table id; with --set, move it forward.")
  int nextTableId(@Option(names = "--set", defaultValue = "-1") long next)
      throws IOException, InterruptedException {
    return next < 0
        ? call("GET", "/admin/sequence/table/next-id", "")
        : call("POST", "/admin/sequence/table/set-next-id", "{\"next_table_id\":" + next + "}");
  }

  @Command(name = "log-level", description = "Change the log level.")
  int logLevel(@Parameters(paramLabel = "LEVEL") String level)
      throws IOException, InterruptedException {
    return call("POST", "/debug/log_level", level);
  }

  /** What can be done with a switch; the names are the words of the command line. */
  enum Mode {
    status,
    enable,
    disable;

    String method() {
      return this == status ? "GET" : "POST";
    }
  }

  /** What can be done with the procedure manager. */
  enum Manager {
    status,
    pause,
    resume
  }

  private int call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + httpAddr + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body.startsWith("{")) {
      request.header("Content-Type", "application/json");
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      boolean ok = response.statusCode() < 300;
      (ok ? spec.commandLine().getOut() : spec.commandLine().getErr())
          .println(response.body().stripTrailing());
      return ok ? 0 : 1;
    } catch (ConnectException e) {
      throw new IOException(
          "no metasrv answers on http://" + httpAddr + "; is it running, and is --http-addr right?",
          e);
    }
  }
}
