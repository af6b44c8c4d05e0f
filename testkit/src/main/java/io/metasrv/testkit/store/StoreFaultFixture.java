package io.metasrv.testkit.store;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.testkit.server.TcpProxy;
import java.time.Duration;

/** A store on a real server, reached through a network that a test can break. */
public interface StoreFaultFixture extends AutoCloseable {

  /** The store under test; all its connections go through {@link #proxy()}. */
  KeyValueStore store();

  /** The same data by a client of its own, past the proxy. */
  KeyValueStore direct();

  /** The network between {@link #store()} and the server; good at first. */
  TcpProxy proxy();

  /**
   * From now on the answers to writes are lost: the server carries them out, the store under test
   * never learns it. A backend that says several things to its server before it asks for the one
   * that counts loses the answer to that one only.
   */
  default void loseAnswersOfWrites() {
    proxy().swallow(TcpProxy.Direction.RESPONSES);
  }

  /** Ends the server without a goodbye. */
  void killServer();

  /** Starts it again with its data; ready when this returns. */
  void restartServer();

  /** Makes the server stand still; connections stay open. */
  void pauseServer();

  /** Lets it go on. */
  void resumeServer();

  /** The longest that one call of the store under test may take before it gives up. */
  Duration callTimeout();

  @Override
  void close() throws Exception;
}
