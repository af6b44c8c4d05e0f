package io.metasrv.adapters.mysql;

import io.metasrv.testkit.election.ElectionFixture;
import io.metasrv.testkit.election.ReferencePeer;
import io.metasrv.testkit.election.ReferencePeerContract;

/** Nodes of ours and of the reference on one MySQL. */
final class MySqlReferencePeerTest extends ReferencePeerContract {

  private MySqls.Tables tables = MySqls.Tables.fresh();

  @Override
  protected ElectionFixture newFixture() {
    tables = MySqls.Tables.fresh();
    return MySqls.nodes(MySqls.shared(), tables, false);
  }

  @Override
  protected ReferencePeer joinAsReference(String address) throws Exception {
    return tables.reference(MySqls.shared(), address);
  }
}
