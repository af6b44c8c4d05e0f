package io.metasrv.simulation.ddl;

import io.metasrv.application.port.Fence;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.store.ForwardingStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.key.ProcedureRecordKey;
import java.util.Optional;
import java.util.function.Predicate;

/** A store that says that it wrote records of procedures and did not. */
final class LossyJournal extends ForwardingStore {

  private final Predicate<Bytes> loses;

  private LossyJournal(KeyValueStore store, Predicate<Bytes> loses) {
    super(store);
    this.loses = loses;
  }

  /** Loses all but the first record of each procedure. */
  static KeyValueStore afterTheFirst(KeyValueStore store) {
    return new LossyJournal(store, key -> isStep(key) && !key.toUtf8().contains("/0000000000."));
  }

  /** Loses them all. */
  static KeyValueStore ofEverything(KeyValueStore store) {
    return new LossyJournal(store, LossyJournal::isStep);
  }

  private static boolean isStep(Bytes key) {
    return key.toUtf8().startsWith(ProcedureRecordKey.PREFIX.toUtf8())
        && key.toUtf8().endsWith(".step");
  }

  @Override
  public Optional<Bytes> put(Bytes key, Bytes value, Previous previous) {
    return loses.test(key) ? Optional.empty() : super.put(key, value, previous);
  }

  @Override
  public KeyValueStore fencedBy(Fence fence) {
    return new LossyJournal(inner().fencedBy(fence), loses);
  }
}
