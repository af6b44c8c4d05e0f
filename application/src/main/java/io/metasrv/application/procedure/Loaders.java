package io.metasrv.application.procedure;

import io.metasrv.domain.procedure.ProcedureErrors;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/** The loaders of one term, by the name of the type. Thread-safe. */
final class Loaders {

  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<String, ProcedureLoader> byType = new TreeMap<>();

  void register(String typeName, ProcedureLoader loader) {
    lock.lock();
    try {
      if (byType.putIfAbsent(typeName, loader) != null) {
        throw ProcedureErrors.loaderConflict(typeName);
      }
    } finally {
      lock.unlock();
    }
  }

  Optional<ProcedureLoader> find(String typeName) {
    lock.lock();
    try {
      return Optional.ofNullable(byType.get(typeName));
    } finally {
      lock.unlock();
    }
  }
}
