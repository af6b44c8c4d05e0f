package io.metasrv.adapters.postgres;

import io.metasrv.adapters.jdbc.SqlBackend;
import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.PostgresServer;
import io.metasrv.testkit.server.SmallDisk;
import io.metasrv.testkit.store.DatabaseFaults;
import io.metasrv.testkit.store.FullDiskContract;

/** What the store tells when the disk of a real PostgreSQL is full. */
final class PostgresFullDiskTest extends FullDiskContract {

  @Override
  protected DatabaseServer start(SmallDisk disk) {
    return PostgresServer.start(disk);
  }

  @Override
  protected DatabaseFaults.Client open(DatabaseServer server) {
    SqlBackend backend = Postgreses.open(server, Postgreses.fresh(), "");
    return new DatabaseFaults.Client(backend.store(), backend);
  }
}
