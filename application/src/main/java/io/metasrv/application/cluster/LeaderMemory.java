package io.metasrv.application.cluster;

import io.metasrv.application.port.KeyValueStore;
import java.util.Optional;

/** The memory of the term this node holds: leases, statistics, node infos. Thread-safe. */
@FunctionalInterface
public interface LeaderMemory {

  /** The memory, for reads; empty on a node that does not lead or is not ready to. */
  Optional<KeyValueStore> current();
}
