package io.metasrv.application.procedure;

import io.metasrv.application.port.KeyValue;
import io.metasrv.application.procedure.journal.ProcedureRecord;
import io.metasrv.application.procedure.journal.RecordScan;
import io.metasrv.application.procedure.journal.StoredProcedure;
import io.metasrv.application.procedure.view.QuarantinedProcedure;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.key.ProcedureQuarantineKey;
import io.metasrv.domain.key.ProcedureRecordKey.Kind;
import io.metasrv.domain.procedure.ErrorTexts;
import io.metasrv.domain.procedure.ProcedureId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a new leader does with the records it finds (sheet 05 §15): roots go on, those being rolled
 * back first; finished ones and children are cleared away; what cannot be run is set apart and
 * reported, and hurts nobody else. For one task.
 */
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final TermParts parts;
  private final Launcher launcher;
  private final StoredLoader loader;
  private final RecordScan scan;
  private final List<Root> roots = new ArrayList<>();
  private final Map<ProcedureId, Child> children = new LinkedHashMap<>();
  private final Map<ProcedureId, Apart> apart = new LinkedHashMap<>();
  private final List<Clearance> garbage = new ArrayList<>();

  /**
   * What is left of one procedure.
   *
   * @param history to be written
   * @param keys to be removed
   */
  record Clearance(List<KeyValue> history, List<Bytes> keys) {
    static Clearance of(List<Bytes> keys) {
      return new Clearance(List.of(), keys);
    }
  }

  private record Root(StoredProcedure stored, ProcedureRecord record) {}

  private record Child(StoredProcedure stored, ProcedureId parent) {}

  private record Apart(StoredProcedure stored, String reason) {}

  Recovery(TermParts parts, Launcher launcher, StoredLoader loader, RecordScan scan) {
    this.parts = parts;
    this.launcher = launcher;
    this.loader = loader;
    this.scan = scan;
  }

  /**
   * Starts what goes on.
   *
   * @return what is left of procedures that need not run, to be cleared away
   * @throws MetasrvException if the store cannot be asked
   */
  List<Clearance> run() {
    parts.finished().addAll(parts.history().ids());
    RecordScan.Found found = scan.all();
    Map<String, String> marks = parts.quarantine().marks();
    found.procedures().forEach(stored -> sort(stored, marks.get(stored.id().toString())));
    roots.sort(Comparator.comparing(root -> root.stored().kind() != Kind.ROLLBACK));
    roots.forEach(this::resume);
    setApart(found.unreadable());
    clearChildren();
    marks.keySet().forEach(this::dropOldMark);
    if (!roots.isEmpty() || !garbage.isEmpty()) {
      LOG.info(
          "Procedures found in the store: {} go on, {} set apart, {} to be cleared away",
          parts.registry().running(),
          apart.size() + found.unreadable().size(),
          garbage.size());
    }
    return garbage;
  }

  private void sort(StoredProcedure stored, @Nullable String mark) {
    if (mark != null) {
      apart.put(stored.id(), new Apart(stored, mark));
    } else if (parts.finished().contains(stored.id())) {
      garbage.add(Clearance.of(stored.allKeys()));
    } else if (stored.kind() == Kind.COMMIT) {
      parts.finished().add(stored.id());
      garbage.add(new Clearance(List.of(parts.history().finished(stored.id())), stored.allKeys()));
    } else {
      try {
        ProcedureRecord record = loader.read(stored);
        record
            .parent()
            .ifPresentOrElse(
                parent -> children.put(stored.id(), new Child(stored, parent)),
                () -> roots.add(new Root(stored, record)));
      } catch (ServiceException damaged) {
        apart.put(stored.id(), new Apart(stored, ErrorTexts.chain(damaged)));
      }
    }
  }

  private void resume(Root root) {
    try {
      Procedure procedure = loader.load(root.stored(), root.record());
      launcher.resume(root.stored(), procedure, StoredLoader.state(root.stored(), root.record()));
    } catch (NotLeaderException over) {
      throw over;
    } catch (RuntimeException refused) {
      apart.put(root.stored().id(), new Apart(root.stored(), ErrorTexts.chain(refused)));
    }
  }

  private void setApart(List<Bytes> unreadable) {
    for (Bytes key : unreadable) {
      add(
          new QuarantinedProcedure(
              Optional.empty(),
              key,
              List.of(key),
              "the key is none of a procedure's records",
              parts.runtime().wallClock()));
    }
    apart.forEach(
        (id, one) -> {
          List<Bytes> keys = new ArrayList<>(one.stored().allKeys());
          children
              .values()
              .forEach(
                  child -> {
                    if (ancestor(child).equals(id)) {
                      keys.addAll(child.stored().allKeys());
                    }
                  });
          add(
              new QuarantinedProcedure(
                  Optional.of(id),
                  one.stored().newest().base(),
                  keys,
                  one.reason(),
                  parts.runtime().wallClock()));
        });
  }

  private void add(QuarantinedProcedure entry) {
    LOG.error(
        "What is stored at '{}' is not run, because {}; the keys stay until an operator decides",
        entry.key(),
        entry.reason());
    parts.quarantine().add(entry);
    parts.meters().quarantined(parts.quarantine().all().size());
    parts.event("procedure.quarantined", "key", entry.key().toString(), "reason", entry.reason());
  }

  /**
   * Children are made anew by their parents; what is left of them goes, unless the parent stays.
   */
  private void clearChildren() {
    children
        .values()
        .forEach(
            child -> {
              if (!apart.containsKey(ancestor(child))) {
                garbage.add(Clearance.of(child.stored().allKeys()));
              }
            });
  }

  private ProcedureId ancestor(Child child) {
    ProcedureId ancestor = child.parent();
    for (int i = 0; i < children.size(); i++) {
      Child next = children.get(ancestor);
      if (next == null) {
        break;
      }
      ancestor = next.parent();
    }
    return ancestor;
  }

  private void dropOldMark(String id) {
    ProcedureId.parse(id)
        .filter(marked -> !apart.containsKey(marked))
        .map(marked -> new ProcedureQuarantineKey(marked).toBytes())
        .ifPresent(mark -> garbage.add(Clearance.of(List.of(mark))));
  }
}
