package io.metasrv.adapters.postgres;

import io.metasrv.testkit.election.ElectionFixture;
import io.metasrv.testkit.election.ReferencePeer;
import io.metasrv.testkit.election.ReferencePeerContract;

/** Nodes of ours and of the reference on one PostgreSQL. */
final class PostgresReferencePeerTest extends ReferencePeerContract {

  private Postgreses.Tables tables = Postgreses.Tables.fresh();

  @Override
  protected ElectionFixture newFixture() {
    tables = Postgreses.Tables.fresh();
    return Postgreses.nodes(Postgreses.shared(), tables, false);
  }

  @Override
  protected ReferencePeer joinAsReference(String address) throws Exception {
    return tables.reference(Postgreses.shared(), address);
  }
}
