package io.metasrv.bootstrap.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be closed, in the reverse order of its making. One thing that fails to close does not
 * keep the others open. Used by one thread at a time.
 */
final class Lifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  private final Deque<Entry> entries = new ArrayDeque<>();

  private record Entry(String name, Closing closing) {}

  /** How something ends. */
  @FunctionalInterface
  interface Closing {
    void close() throws Exception;
  }

  /** Remembers something that was made or started. */
  void add(String name, Closing closing) {
    entries.push(new Entry(name, closing));
  }

  /** Closes everything, the latest first. */
  void closeAll() {
    boolean interrupted = false;
    while (!entries.isEmpty()) {
      Entry entry = entries.pop();
      try {
        LOG.debug("Closing {}", entry.name());
        entry.closing().close();
      } catch (InterruptedException e) {
        LOG.warn("Interrupted while closing {}", entry.name());
        interrupted = true;
      } catch (Exception e) {
        LOG.warn("{} did not close properly", entry.name(), e);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
