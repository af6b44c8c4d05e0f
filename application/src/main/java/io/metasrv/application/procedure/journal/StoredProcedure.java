package io.metasrv.application.procedure.journal;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.key.ProcedureRecordKey;
import io.metasrv.domain.key.ProcedureRecordKey.Parsed;
import io.metasrv.domain.procedure.ProcedureId;
import java.util.List;

/**
 * The keys found of one procedure.
 *
 * @param newest the first piece of the record that counts
 * @param segments the keys behind it, read or not
 * @param allKeys every key found of the procedure, ascending
 */
public record StoredProcedure(Parsed newest, List<Parsed> segments, List<Bytes> allKeys) {

  public StoredProcedure {
    segments = List.copyOf(segments);
    allKeys = List.copyOf(allKeys);
  }

  /** Whose it is. */
  public ProcedureId id() {
    return newest.key().id();
  }

  /** What is to be done. */
  public ProcedureRecordKey.Kind kind() {
    return newest.key().kind();
  }

  /** Highest number of a piece behind the newest record. */
  int newestTail() {
    return (int)
        Math.min(Integer.MAX_VALUE, segments.stream().mapToLong(Parsed::segment).max().orElse(0));
  }
}
