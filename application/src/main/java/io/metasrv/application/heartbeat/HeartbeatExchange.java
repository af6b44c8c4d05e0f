package io.metasrv.application.heartbeat;

import io.metasrv.application.mailbox.Pusher;
import io.metasrv.application.wire.HeartbeatMessages;
import io.metasrv.domain.Peer;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.heartbeat.DatanodeStat;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.MailboxMessage;
import io.metasrv.protocol.v1.meta.RegionLease;
import io.metasrv.protocol.v1.meta.ResponseHeader;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the chain, with what the handlers have gathered for the response
 * so far. Used by one task.
 */
public final class HeartbeatExchange {

  private final HeartbeatRequest request;
  private final NodeRole role;
  private final boolean handshake;
  private final Pusher pusher;
  private final Set<RegionId> inactiveRegions = new LinkedHashSet<>();
  private @Nullable ResponseHeader header;
  private @Nullable DatanodeStat stat;
  private @Nullable RegionLease regionLease;
  private @Nullable MailboxMessage mailboxMessage;

  /**
   * @param role the role the request says it comes from
   * @param handshake whether it is the first of its stream
   * @param pusher the stream it came on
   */
  public HeartbeatExchange(
      HeartbeatRequest request, NodeRole role, boolean handshake, Pusher pusher) {
    this.request = request;
    this.role = role;
    this.handshake = handshake;
    this.pusher = pusher;
  }

  /** The request. */
  public HeartbeatRequest request() {
    return request;
  }

  /** The role the request says it comes from. */
  public NodeRole role() {
    return role;
  }

  /** Whether the request is the first of its stream. */
  public boolean isHandshake() {
    return handshake;
  }

  /** The stream the request came on. */
  public Pusher pusher() {
    return pusher;
  }

  /** The sender as it calls itself; empty in handshakes. */
  public Optional<Peer> peer() {
    return request.hasPeer() ? Optional.of(HeartbeatMessages.peer(request)) : Optional.empty();
  }

  /** The header of the response, once there is one. */
  public Optional<ResponseHeader> header() {
    return Optional.ofNullable(header);
  }

  /** Sets the header of the response. */
  public void header(ResponseHeader newHeader) {
    header = newHeader;
  }

  /** The statistics taken from the request, if it carries any. */
  public Optional<DatanodeStat> stat() {
    return Optional.ofNullable(stat);
  }

  /** Sets or replaces the statistics. */
  public void stat(DatanodeStat newStat) {
    stat = newStat;
  }

  /** Takes the statistics: handlers behind this one see none. */
  public Optional<DatanodeStat> takeStat() {
    Optional<DatanodeStat> taken = stat();
    stat = null;
    return taken;
  }

  /** Regions the node reported and should not have; may be added to. */
  public Set<RegionId> inactiveRegions() {
    return inactiveRegions;
  }

  /** The lease of the response, if one was granted. */
  public Optional<RegionLease> regionLease() {
    return Optional.ofNullable(regionLease);
  }

  /** Sets the lease of the response. */
  public void regionLease(RegionLease lease) {
    regionLease = lease;
  }

  /** A message that travels with the response; no handler of ours sets one. */
  public Optional<MailboxMessage> mailboxMessage() {
    return Optional.ofNullable(mailboxMessage);
  }

  /** Sets the message that travels with the response. */
  public void mailboxMessage(MailboxMessage message) {
    mailboxMessage = message;
  }
}
