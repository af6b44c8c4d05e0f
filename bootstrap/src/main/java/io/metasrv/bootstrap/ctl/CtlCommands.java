package io.metasrv.bootstrap.ctl;

import java.io.BufferedReader;
import java.io.StringReader;

/** Stands where picocli puts the group before a command runs. */
final class CtlCommands {

  static final CtlCommand UNBOUND = new CtlCommand(new BufferedReader(new StringReader("")));

  private CtlCommands() {}
}
