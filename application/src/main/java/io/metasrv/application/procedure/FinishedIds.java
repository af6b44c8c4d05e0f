package io.metasrv.application.procedure;

import io.metasrv.domain.procedure.ProcedureId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The ids of root procedures that have a record in the history. Thread-safe. */
final class FinishedIds {

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<ProcedureId> ids = new LinkedHashSet<>();

  void add(ProcedureId id) {
    addAll(List.of(id));
  }

  void addAll(Collection<ProcedureId> more) {
    lock.lock();
    try {
      ids.addAll(more);
    } finally {
      lock.unlock();
    }
  }

  boolean contains(ProcedureId id) {
    lock.lock();
    try {
      return ids.contains(id);
    } finally {
      lock.unlock();
    }
  }

  List<ProcedureId> all() {
    lock.lock();
    try {
      return List.copyOf(ids);
    } finally {
      lock.unlock();
    }
  }

  void removeAll(Collection<ProcedureId> gone) {
    lock.lock();
    try {
      gone.forEach(ids::remove);
    } finally {
      lock.unlock();
    }
  }
}
