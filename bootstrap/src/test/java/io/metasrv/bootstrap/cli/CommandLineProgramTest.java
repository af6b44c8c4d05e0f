package io.metasrv.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineProgramTest {

  @TempDir Path directory;

  private record Outcome(int code, String out, String err) {

    /** One line and nothing like a stack trace. */
    Outcome failsWith(int expected) {
      assertThat(code).as(err).isEqualTo(expected);
      assertThat(err.lines().filter(line -> !line.startsWith("try: "))).as(err).hasSize(1);
      assertThat(err).doesNotContain("\tat ").doesNotContain("Exception:");
      return this;
    }
  }

  private static Outcome run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = CommandLineProgram.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new Outcome(code, out.toString(), err.toString());
  }

  /** A start that leaves nothing in the working directory and takes any free port. */
  private Outcome start(String... more) {
    List<String> args = new ArrayList<>(List.of("start", "--data-home", directory.toString()));
    args.addAll(List.of(more));
    for (String port : List.of("--http-addr", "--grpc-bind-addr")) {
      if (!args.contains(port)) {
        args.addAll(List.of(port, "127.0.0.1:0"));
      }
    }
    return run(args.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "start --help",
        "config --help",
        "ctl --help",
        "--version",
        "version",
        "config --example"
      })
  void whatOnlyPrintsEndsWith0(String line) {
    Outcome outcome = run(line.split(" ", -1));
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).isNotBlank();
    assertThat(outcome.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start --no-such-flag",
        "launch",
        "start --enable-region-failover",
        "start --enable-region-failover yes",
        "start --http-timeout 10s",
        "start --max-txn-ops many",
        "start --backend etcd_store",
        "start --backend nothing",
        "ctl maintenance perhaps"
      })
  @DisplayName("sheet 09 case 30: arguments that make no sense end with 2 and one line")
  void badArguments(String line) {
    run(line.split(" ", -1)).failsWith(2);
  }

  @Test
  void noCommandAtAllShowsTheUsageAndEndsWith2() {
    Outcome outcome = run();
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("start");
  }

  @Test
  @DisplayName("sheet 09 case 22: three spellings of one flag, the help shows the first")
  void aliases() {
    for (String flag : List.of("--grpc-bind-addr", "--rpc-bind-addr", "--bind-addr")) {
      assertThat(run("config", flag, "h:1").out())
          .containsPattern("(?m)^\\* grpc\\.bind_addr +\"h:1\" +--grpc-bind-addr$");
    }
    for (String flag : List.of("--grpc-server-addr", "--rpc-server-addr", "--server-addr")) {
      assertThat(run("config", flag, "h:1").out())
          .containsPattern("(?m)^\\* grpc\\.server_addr +\"h:1\"");
    }
    assertThat(run("start", "--help").out())
        .contains("--grpc-bind-addr")
        .doesNotContain("--rpc-bind-addr")
        .doesNotContain("--bind-addr ")
        .doesNotContain("--store-addr=")
        .doesNotContain("--rpc-server-addr");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--store-addrs a:1,b:2",
        "--store-addrs a:1 --store-addrs b:2",
        "--store-addr a:1,b:2",
        "--store-addrs a:1 b:2"
      })
  void storeAddressesMayBeRepeatedOrSeparatedByCommas(String flags) {
    List<String> args = new ArrayList<>(List.of("config"));
    args.addAll(List.of(flags.split(" ", -1)));
    assertThat(run(args.toArray(String[]::new)).out())
        .contains("[\"a:1\", \"b:2\"]")
        .containsPattern("(?m)^\\* backend +\"etcd_store\"");
  }

  @Test
  @DisplayName(
      "sheet 02 case 35, sheet 09 case 27: kebab case on the command line, snake case in files")
  void backendSpellings() throws IOException {
    Path file = Files.writeString(directory.resolve("m.toml"), "backend = \"mysql_store\"");
    assertThat(run("config", "-c", file.toString()).out())
        .containsPattern("(?m)^\\* backend +\"mysql_store\"");
    assertThat(run("config", "--backend", "mysql-store").out())
        .containsPattern("(?m)^\\* backend +\"mysql_store\"");
    Path wrong = Files.writeString(directory.resolve("w.toml"), "backend = \"mysql-store\"");
    run("config", "-c", wrong.toString()).failsWith(1);
    run("config", "--backend", "mysql_store").failsWith(2);
  }

  @Test
  void globalFlagsStandBeforeOrAfterTheCommand() {
    assertThat(run("--log-level", "debug", "config").out())
        .containsPattern("(?m)^\\* logging\\.level +\"debug\" +--log-level");
    assertThat(run("config", "--log-level", "debug").out())
        .containsPattern("(?m)^\\* logging\\.level +\"debug\" +--log-level");
  }

  @Test
  void anEmptyKeyPrefixOnTheCommandLineSaysNothing() {
    assertThat(run("config", "--store-key-prefix", "").out())
        .containsPattern("(?m)^  backend +\"embedded_store\"");
    assertThat(run("config", "--store-key-prefix", "/a").out())
        .containsPattern("(?m)^\\* backend +\"etcd_store\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http.adr = 1|unknown key http.adr; did you mean http.addr?",
        "http = [|line 1, column",
        "selector = \"best\"|selector must be one of",
        "backend = \"redis_store\"|backend must be one of",
        "enable_region_failover = true|allow_region_failover_on_local_wal",
        "grpc.tls.mode = \"require\"|grpc.tls.cert_path",
        "logging.level = \"loud\"|\"loud\" is no log level",
      })
  void aConfigurationThatCannotBeUsedEndsWith1AndOneLine(String toml, String message)
      throws IOException {
    Path file = Files.writeString(directory.resolve("m.toml"), toml);
    assertThat(start("-c", file.toString()).failsWith(1).err())
        .startsWith("Error: ")
        .contains(message);
  }

  @Test
  void aMissingConfigFileEndsWith1() {
    assertThat(start("-c", "/nowhere/m.toml").failsWith(1).err())
        .contains("/nowhere/m.toml does not exist");
  }

  @Test
  @DisplayName("sheet 09 case 30: an unreachable backend ends with 1 and one line that names it")
  void unreachableEtcd() throws IOException {
    int port = freePort();
    Outcome outcome = start("--store-addrs", "127.0.0.1:" + port);
    assertThat(outcome.failsWith(1).err()).contains("127.0.0.1:" + port);
  }

  @Test
  void aPortInUseEndsWith1AndTheCauseIsInTheLogFile() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      assertThat(start("--backend", "memory-store", "--http-addr", address).failsWith(1).err())
          .contains("HTTP server cannot listen on " + address);
      assertThat(start("--backend", "memory-store", "--grpc-bind-addr", address).failsWith(1).err())
          .contains(address)
          .contains("grpc");
    }
    assertThat(logged("greptimedb-err.")).contains("Metasrv could not run").contains("\tat ");
  }

  @Test
  void aDataDirectoryThatCannotBeWrittenEndsWith1() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThat(run("start", "--data-home", file.toString()).failsWith(1).err())
        .contains(file.toString());
    Path logs = Files.createDirectory(directory.resolve("logs"));
    Path toml =
        Files.writeString(
            directory.resolve("m.toml"), "embedded.data_dir = \"" + file + "/store\"");
    assertThat(start("--log-dir", logs.toString(), "-c", toml.toString()).failsWith(1).err())
        .contains(file.toString());
  }

  @Test
  void ctlSaysWhenNobodyAnswers() throws IOException {
    String address = "127.0.0.1:" + freePort();
    assertThat(run("ctl", "leader", "--http-addr", address).failsWith(1).err())
        .contains("no metasrv answers on http://" + address);
  }

  private String logged(String family) throws IOException {
    StringBuilder all = new StringBuilder();
    try (var files = Files.newDirectoryStream(directory.resolve("logs"), family + "*")) {
      for (Path file : files) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
