package io.metasrv.adapters.embedded;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another process that holds a store open until its input ends or it is killed. */
final class DirectoryHolder {

  private DirectoryHolder() {}

  /** Argument: the directory. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (EmbeddedStore store = EmbeddedStore.open(Path.of(arguments[0]))) {
      out.println("HOLDING " + ProcessHandle.current().pid() + " " + store.directory());
      int ignored = System.in.read();
      out.println("LEAVING " + ignored);
    }
  }
}
