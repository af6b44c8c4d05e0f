package io.metasrv.bootstrap.e2e;

/** Passwords of a real PostgreSQL. */
final class PostgresSecretsTest extends SqlSecretsContract {
  @Override
  DatabaseAccounts accounts() throws Exception {
    return DatabaseAccounts.postgres();
  }
}
