package io.metasrv.application.check;

import io.metasrv.application.check.Finding.Category;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.store.RangePager;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.key.ProcedureQuarantineKey;
import io.metasrv.domain.key.ProcedureRecordKey;
import io.metasrv.domain.key.TombstoneKey;
import io.metasrv.domain.procedure.PoisonKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What procedures leave behind while they work, or after trouble. */
final class LeftoverCheck {

  private final KeyValueStore store;
  private final Findings findings;

  LeftoverCheck(KeyValueStore store, Findings findings) {
    this.store = store;
    this.findings = findings;
  }

  void run() {
    Set<String> unfinished = records();
    for (Bytes key : keys(ProcedureQuarantineKey.PREFIX)) {
      findings.add(Category.PROCEDURE, key, "a procedure was set aside for its trouble");
    }
    for (Bytes key : keys(TombstoneKey.PREFIX)) {
      findings.add(
          Category.TOMBSTONE,
          key,
          unfinished.isEmpty()
              ? "nobody can restore it or bury it for good: no procedure is at work"
              : "it was dropped and can be restored");
    }
    RangePager.pairs(store, KeyRange.prefix(PoisonKey.PREFIX))
        .forEachPair(pair -> poison(pair, unfinished));
  }

  /** The ids of procedures of which there are records. */
  private Set<String> records() {
    Set<String> ids = new TreeSet<>();
    for (Bytes key : keys(ProcedureRecordKey.PREFIX)) {
      Optional<String> id =
          ProcedureRecordKey.parse(key).map(parsed -> parsed.key().id().toString());
      id.ifPresentOrElse(
          found -> {
            if (ids.add(found)) {
              findings.add(Category.PROCEDURE, key, "procedure %s has not ended", found);
            }
          },
          () -> findings.add(Category.PROCEDURE, key, "it is no record of a procedure"));
    }
    return ids;
  }

  private void poison(KeyValue pair, Set<String> unfinished) {
    String holder = pair.value().toUtf8();
    boolean known = unfinished.stream().anyMatch(holder::contains);
    findings.add(
        Category.POISON,
        pair.key(),
        known ? "held by a procedure that has not ended: %s" : "held by nobody that is known: %s",
        holder);
  }

  private List<Bytes> keys(Bytes prefix) {
    return RangePager.keys(store, KeyRange.prefix(prefix)).readAll().stream()
        .map(KeyValue::key)
        .toList();
  }
}
