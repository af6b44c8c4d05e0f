package io.metasrv.adapters.mysql;

import io.metasrv.adapters.jdbc.SqlBackend;
import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.MySqlServer;
import io.metasrv.testkit.server.SmallDisk;
import io.metasrv.testkit.store.DatabaseFaults;
import io.metasrv.testkit.store.FullDiskContract;

/** What the store tells when the disk of a real MySQL is full. */
final class MySqlFullDiskTest extends FullDiskContract {

  @Override
  protected DatabaseServer start(SmallDisk disk) {
    return MySqlServer.start(disk);
  }

  @Override
  protected DatabaseFaults.Client open(DatabaseServer server) {
    SqlBackend backend = MySqls.open(server, MySqls.freshTable());
    return new DatabaseFaults.Client(backend.store(), backend);
  }
}
