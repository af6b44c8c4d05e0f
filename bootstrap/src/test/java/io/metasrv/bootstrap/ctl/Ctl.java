package io.metasrv.bootstrap.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.bootstrap.cli.CommandLineProgram;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of {@code metasrv ctl}.
 *
 * @param code exit code
 * @param out standard output
 * @param err standard error
 */
public record Ctl(int code, String out, String err) {

  /** Runs the words against the HTTP address, with something typed. */
  static Ctl typing(String typed, String address, String words) {
    List<String> args = new ArrayList<>(List.of("ctl"));
    args.addAll(List.of(words.split(" ", -1)));
    args.addAll(List.of("--addr", address));
    return run(typed, args);
  }

  /** Runs the words of {@code ctl store}, which asks no server. */
  static Ctl store(String... words) {
    List<String> args = new ArrayList<>(List.of("ctl", "store"));
    args.addAll(List.of(words));
    return run("", args);
  }

  private static Ctl run(String typed, List<String> args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        CommandLineProgram.run(
            new BufferedReader(new StringReader(typed)),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            args.toArray(String[]::new));
    return new Ctl(code, out.toString(), err.toString());
  }

  /** Runs the words against the HTTP address. */
  public static Ctl run(String address, String words) {
    return typing("", address, words);
  }

  /** The output of a success. */
  public String succeeds() {
    assertThat(code).as(err).isZero();
    return out;
  }

  /** The one line of an error. */
  String failsWith(int expected) {
    assertThat(code).as(out + err).isEqualTo(expected);
    assertThat(err).doesNotContain("\tat ").doesNotContain("Exception");
    return err;
  }
}
