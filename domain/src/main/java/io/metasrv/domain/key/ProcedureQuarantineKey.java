package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.procedure.ProcedureId;
import java.util.Optional;

/**
 * Key of the mark that keeps a stored procedure from being run until an operator decides. A key of
 * our own: no scan of the original touches its prefix.
 *
 * @param id the procedure
 */
public record ProcedureQuarantineKey(ProcedureId id) {

  private static final String FAMILY = "__metasrv/quarantine/procedure/";

  /** Begins every key of this kind. */
  public static final Bytes PREFIX = Bytes.utf8(FAMILY);

  /** The key as stored. */
  public Bytes toBytes() {
    return Bytes.utf8(FAMILY + id);
  }

  /** Reads a key; empty if it is none. */
  public static Optional<ProcedureQuarantineKey> parse(Bytes stored) {
    return stored.startsWith(PREFIX)
        ? ProcedureId.parse(stored.substring(PREFIX.size()).toUtf8())
            .map(ProcedureQuarantineKey::new)
        : Optional.empty();
  }
}
