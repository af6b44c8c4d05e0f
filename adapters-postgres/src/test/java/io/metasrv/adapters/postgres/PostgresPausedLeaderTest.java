package io.metasrv.adapters.postgres;

import io.metasrv.application.options.SqlOptions;
import io.metasrv.testkit.election.ElectionFixture;
import io.metasrv.testkit.election.PausedLeaderContract;
import java.util.List;

/** A leader that is stopped and wakes up, on a real PostgreSQL. */
final class PostgresPausedLeaderTest extends PausedLeaderContract {

  private Postgreses.Tables tables = Postgreses.Tables.fresh();

  @Override
  protected ElectionFixture newFixture() {
    tables = Postgreses.Tables.fresh();
    return Postgreses.nodes(Postgreses.shared(), tables, false);
  }

  @Override
  protected List<String> leaderProgram() {
    SqlOptions sql = tables.sql();
    return List.of(
        PostgresLeader.class.getName(),
        Postgreses.shared().host(),
        Integer.toString(Postgreses.shared().port()),
        sql.tableName(),
        Long.toString(sql.electionLockId()));
  }
}
