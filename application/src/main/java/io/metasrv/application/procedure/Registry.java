package io.metasrv.application.procedure;

import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.domain.time.MonotonicTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The procedures of one term, running and lately finished (sheet 05 §16). Thread-safe. */
final class Registry {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ProcedureId, ProcedureRun> runs = new LinkedHashMap<>();
  private final Set<ProcedureId> running = new LinkedHashSet<>();
  private final Deque<Finished> finished = new ArrayDeque<>();

  private record Finished(ProcedureId id, MonotonicTime at) {}

  /** Adds a procedure; false if its id is known. */
  boolean add(ProcedureRun run) {
    lock.lock();
    try {
      if (runs.putIfAbsent(run.id(), run) != null) {
        return false;
      }
      running.add(run.id());
      return true;
    } finally {
      lock.unlock();
    }
  }

  Optional<ProcedureRun> find(ProcedureId id) {
    lock.lock();
    try {
      return Optional.ofNullable(runs.get(id));
    } finally {
      lock.unlock();
    }
  }

  /** All that are known, in the order they came. */
  List<ProcedureRun> all() {
    lock.lock();
    try {
      return List.copyOf(runs.values());
    } finally {
      lock.unlock();
    }
  }

  /** How many roots and children count as running: until their root has ended. */
  int running() {
    lock.lock();
    try {
      return running.size();
    } finally {
      lock.unlock();
    }
  }

  /** A root has ended, and with it its tree. */
  void finish(List<ProcedureRun> tree, MonotonicTime now) {
    lock.lock();
    try {
      for (ProcedureRun run : tree) {
        running.remove(run.id());
        finished.addLast(new Finished(run.id(), now));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what finished that long ago or earlier. */
  void forget(MonotonicTime now, Duration age) {
    lock.lock();
    try {
      while (!finished.isEmpty() && now.since(finished.getFirst().at()).compareTo(age) >= 0) {
        runs.remove(finished.removeFirst().id());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Forgets a procedure that has ended, so that its id is free. */
  void forgetEnded(ProcedureId id) {
    lock.lock();
    try {
      ProcedureRun known = runs.get(id);
      if (known != null && known.isEnded()) {
        runs.remove(id);
        finished.removeIf(one -> one.id().equals(id));
      }
    } finally {
      lock.unlock();
    }
  }

  /** A root and all below it, parents before children. */
  static List<ProcedureRun> tree(ProcedureRun root) {
    List<ProcedureRun> tree = new ArrayList<>(List.of(root));
    for (int i = 0; i < tree.size(); i++) {
      tree.addAll(tree.get(i).children().all());
    }
    return tree;
  }
}
