package io.metasrv.domain.flow;

import io.metasrv.domain.Maps;
import io.metasrv.domain.UnknownMembers;
import java.util.SequencedMap;

/**
 * The session in which a statement was given (sheet 03 §12.2).
 *
 * @param currentCatalog catalog of names without one
 * @param currentSchema schema of names without one
 * @param timezone of times without one
 * @param extensions anything else
 * @param channel unsigned 8 bits: the protocol it came by
 * @param snapshotSeqs by region id, both unsigned
 * @param sstMinSequences by region id, both unsigned
 * @param unknown members kept for others
 */
public record QueryContext(
    String currentCatalog,
    String currentSchema,
    String timezone,
    SequencedMap<String, String> extensions,
    int channel,
    SequencedMap<Long, Long> snapshotSeqs,
    SequencedMap<Long, Long> sstMinSequences,
    UnknownMembers unknown) {

  public QueryContext {
    extensions = Maps.copyOf(extensions);
    snapshotSeqs = Maps.copyOf(snapshotSeqs);
    sstMinSequences = Maps.copyOf(sstMinSequences);
  }
}
