package io.metasrv.testkit.server;

/**
 * An SQL server for tests, with one database {@value #DATABASE} and one user who may do everything
 * in it. The address stays the same over {@link #kill()} and {@link #restart()}.
 *
 * <p>The three kinds differ in how they are started: {@link MySqlServer}, {@link MariaDbServer},
 * {@link PostgresServer}. Where none can be had the test is skipped or fails ({@link
 * ServerRequirement}).
 */
public interface DatabaseServer extends AutoCloseable {

  /** The database that is there. */
  String DATABASE = "metasrv";

  /** Who may log in. */
  String USER = "metasrv";

  /** The user's password: with everything that has to be escaped in an address. */
  String PASSWORD = "p@ss:/w%r#d?";

  /** The same password as it is written into an address. */
  String ESCAPED_PASSWORD = "p%40ss%3A%2Fw%25r%23d%3F";

  /** The host clients connect to. */
  String host();

  /** The port clients connect to. */
  int port();

  /** Ends the server without a goodbye (SIGKILL); its data stay. */
  void kill();

  /** Starts it again on the same port with the same data, after {@link #kill()}; ready then. */
  void restart();

  /** Makes it stand still (SIGSTOP): connections stay open, nothing is answered. */
  void pause();

  /** Lets it go on after {@link #pause()}. */
  void resume();

  /** Ends the server and removes its data. */
  @Override
  void close();
}
