package io.metasrv.adapters.mysql;

import io.metasrv.testkit.election.ElectionFixture;
import io.metasrv.testkit.election.PausedLeaderContract;
import java.util.List;

/** A leader that is stopped and wakes up, on a real MySQL. */
final class MySqlPausedLeaderTest extends PausedLeaderContract {

  private MySqls.Tables tables = MySqls.Tables.fresh();

  @Override
  protected ElectionFixture newFixture() {
    tables = MySqls.Tables.fresh();
    return MySqls.nodes(MySqls.shared(), tables, false);
  }

  @Override
  protected List<String> leaderProgram() {
    return List.of(
        MySqlLeader.class.getName(),
        MySqls.shared().host(),
        Integer.toString(MySqls.shared().port()),
        tables.name());
  }
}
