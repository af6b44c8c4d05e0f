package io.metasrv.application.cache;

import io.metasrv.application.instruction.CacheIdent;
import io.metasrv.application.instruction.Instruction;
import io.metasrv.application.mailbox.BroadcastResult;
import io.metasrv.application.mailbox.Mailbox;
import io.metasrv.domain.heartbeat.NodeRole;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Broadcasts which cached things changed, to frontends, datanodes and flownodes, in that order.
 * Every role is tried whatever became of the others (sheet 04 §25 no. 3). Belongs to one term.
 * Thread-safe; never blocks on a node.
 */
public final class CacheInvalidator {

  /** What the reference calls a message whose caller gave no subject. */
  public static final String DEFAULT_SUBJECT = "Invalidate table";

  private static final Logger LOG = LoggerFactory.getLogger(CacheInvalidator.class);
  private static final List<NodeRole> ROLES =
      List.of(NodeRole.FRONTEND, NodeRole.DATANODE, NodeRole.FLOWNODE);

  private final Mailbox mailbox;

  public CacheInvalidator(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  /** {@link #invalidate(String, List)} with the default subject. */
  public BroadcastResult invalidate(List<CacheIdent> caches) {
    return invalidate(DEFAULT_SUBJECT, caches);
  }

  /**
   * Tells all connected nodes.
   *
   * @param subject for people
   * @return who was reached and who was not
   * @throws io.metasrv.domain.error.NotLeaderException if the term is over
   */
  public BroadcastResult invalidate(String subject, List<CacheIdent> caches) {
    Instruction instruction = new Instruction.InvalidateCaches(caches);
    BroadcastResult total = BroadcastResult.NOBODY;
    for (NodeRole role : ROLES) {
      total = total.and(mailbox.broadcast(role, subject, instruction));
    }
    if (!total.missed().isEmpty()) {
      LOG.warn(
          "Cache invalidation \"{}\" did not reach {}: their streams are over; they rely on the"
              + " expiry of their caches until they connect again",
          subject,
          total.missed());
    }
    return total;
  }
}
