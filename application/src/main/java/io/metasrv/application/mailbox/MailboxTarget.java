package io.metasrv.application.mailbox;

import io.metasrv.domain.Peer;
import io.metasrv.domain.heartbeat.NodeRole;

/**
 * Who a message is for.
 *
 * @param key the node
 * @param address its address, for the envelope only
 */
public record MailboxTarget(PusherKey key, String address) {

  /** A datanode. */
  public static MailboxTarget datanode(Peer peer) {
    return new MailboxTarget(new PusherKey(NodeRole.DATANODE, peer.id()), peer.address());
  }

  /** A flownode. */
  public static MailboxTarget flownode(Peer peer) {
    return new MailboxTarget(new PusherKey(NodeRole.FLOWNODE, peer.id()), peer.address());
  }

  /** The envelope's {@code to}, for example {@code Datanode-1@10.0.0.1:3001}. */
  @Override
  public String toString() {
    return key + "@" + address;
  }
}
