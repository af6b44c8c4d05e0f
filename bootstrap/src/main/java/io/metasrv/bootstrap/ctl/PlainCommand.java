package io.metasrv.bootstrap.ctl;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.ParentCommand;

/** A command that prints the answer as it came. */
abstract class PlainCommand implements Callable<Integer> {

  @ParentCommand private CtlCommand ctl = CtlCommands.UNBOUND;

  int get(String what, String path) throws IOException, InterruptedException {
    return print(ctl.servers().get(what, path), what);
  }

  int post(String what, String path, String body) throws IOException, InterruptedException {
    return print(ctl.servers().post(what, path, body), what);
  }

  private int print(Answer answer, String what) throws IOException {
    ctl.out().println(answer.orFail(what, "").body().stripTrailing());
    return 0;
  }
}
