package io.metasrv.domain.wal;

import io.metasrv.domain.UnknownMembers;

/**
 * What is stored of a topic (sheet 03 §3.10).
 *
 * @param prunedEntryId offset up to which it was pruned, unsigned
 * @param unknown members kept for others
 */
public record TopicPruned(long prunedEntryId, UnknownMembers unknown) {

  /** Of a new topic. */
  public static final TopicPruned NEVER = new TopicPruned(0, UnknownMembers.NONE);

  /** Pruned up to another offset. */
  public TopicPruned with(long changed) {
    return new TopicPruned(changed, unknown);
  }
}
