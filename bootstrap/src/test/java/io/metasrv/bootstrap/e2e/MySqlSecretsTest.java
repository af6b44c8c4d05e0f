package io.metasrv.bootstrap.e2e;

/** Passwords of a real MySQL. */
final class MySqlSecretsTest extends SqlSecretsContract {
  @Override
  DatabaseAccounts accounts() throws Exception {
    return DatabaseAccounts.mySql();
  }
}
