package io.metasrv.application.metadata;

import io.metasrv.application.store.Sequence;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ServiceException;
import java.util.Optional;

/** Gives new tables and views their ids (sheet 03 §9.2). Thread-safe. */
public final class TableIds {

  private final Sequence sequence;

  /**
   * @param sequence that of table ids
   */
  public TableIds(Sequence sequence) {
    this.sequence = sequence;
  }

  /**
   * The next id, or the one asked for.
   *
   * @throws ServiceException (Unsupported) if the sequence may give the id asked for to others
   */
  public TableId allocate(Optional<TableId> askedFor) {
    if (askedFor.isEmpty()) {
      return new TableId(sequence.next());
    }
    if (sequence.gives(askedFor.get().value())) {
      throw ServiceException.unsupported(
          "create table by id " + askedFor.get() + " that is reserved in this node");
    }
    return askedFor.get();
  }
}
