package io.metasrv.adapters.mysql;

import io.metasrv.adapters.jdbc.SqlBackend;
import io.metasrv.application.options.StoreOptions;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.testkit.election.DatabaseNodes;
import io.metasrv.testkit.election.LeaderProgram;
import java.io.IOException;

/** A leader on MySQL or MariaDB for a process of its own: host, port, table. */
final class MySqlLeader {

  private MySqlLeader() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    StoreOptions options = MySqls.options(MySqls.url(args[0], Integer.parseInt(args[1])), args[2]);
    VirtualThreadRuntime runtime = new VirtualThreadRuntime();
    try (SqlBackend backend = MySqlBackend.open(options, DatabaseNodes.TIMING, runtime)) {
      LeaderProgram.run(backend.store(), backend.election(), runtime, "a:3002");
    }
  }
}
