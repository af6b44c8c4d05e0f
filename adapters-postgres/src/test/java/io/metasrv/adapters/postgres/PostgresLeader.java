package io.metasrv.adapters.postgres;

import io.metasrv.adapters.jdbc.SqlBackend;
import io.metasrv.application.options.SqlOptions;
import io.metasrv.application.options.StoreOptions;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.testkit.election.DatabaseNodes;
import io.metasrv.testkit.election.LeaderProgram;
import java.io.IOException;
import java.util.Optional;

/** A leader on PostgreSQL for a process of its own: host, port, table, advisory lock. */
final class PostgresLeader {

  private PostgresLeader() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    SqlOptions sql = new SqlOptions(args[2], Optional.empty(), true, Long.parseLong(args[3]));
    StoreOptions options =
        Postgreses.options(Postgreses.url(args[0], Integer.parseInt(args[1])), sql)
            .withKeyPrefix(Postgreses.PREFIX);
    VirtualThreadRuntime runtime = new VirtualThreadRuntime();
    try (SqlBackend backend = PostgresBackend.open(options, DatabaseNodes.TIMING, runtime)) {
      LeaderProgram.run(backend.store(), backend.election(), runtime, "a:3002");
    }
  }
}
