package io.metasrv.bootstrap;

import io.metasrv.bootstrap.cli.CommandLineProgram;
import java.util.Arrays;

/** Entry point of {@code metasrv}. */
public final class Main {

  private Main() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /**
   * Runs the command line. Deployments of the reference say {@code greptime metasrv start …}; a
   * first word {@code metasrv} is therefore passed over.
   *
   * @return the exit code: 0, 1 or 2 (docs/exit-codes.md)
   */
  public static int run(String... args) {
    boolean named = args.length > 0 && args[0].equals("metasrv");
    return CommandLineProgram.run(named ? Arrays.copyOfRange(args, 1, args.length) : args);
  }
}
