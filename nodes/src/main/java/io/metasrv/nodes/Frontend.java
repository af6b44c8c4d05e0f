package io.metasrv.nodes;

import io.metasrv.nodes.instruction.CacheIdent;
import io.metasrv.nodes.instruction.Instruction;
import io.metasrv.protocol.v1.meta.FrontendWorkloads;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.protocol.v1.meta.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A frontend: heartbeats and cache invalidation (sheet 01 §14). Never answers an instruction. */
public final class Frontend extends RestartingNode {

  private final NodeProfile profile;
  private final List<CacheIdent> invalidated = new ArrayList<>();
  private boolean suspended;

  /**
   * @param profile its id must be 0
   */
  public Frontend(NodeProfile profile, NodeObserver observer, Moment now) {
    super(observer, now);
    if (profile.id() != 0) {
      throw new IllegalArgumentException(
          "a frontend has member id 0, not " + Long.toUnsignedString(profile.id()));
    }
    this.profile = profile;
  }

  /** The cache entries it was told to drop, in order. */
  public List<CacheIdent> invalidated() {
    return List.copyOf(invalidated);
  }

  /** Whether requests are refused because an instruction said so. */
  public boolean isSuspended() {
    return suspended;
  }

  @Override
  public HeartbeatRequest handshake() {
    return Requests.headerOnly(Role.FRONTEND, profile);
  }

  @Override
  HeartbeatRequest heartbeat(boolean first) {
    HeartbeatRequest.Builder request =
        handshake().toBuilder()
            .setPeer(Requests.peer(profile))
            .setInfo(profile.info())
            .setFrontend(FrontendWorkloads.getDefaultInstance());
    Requests.putEnvironment(request, profile);
    return request.build();
  }

  @Override
  void handle(HeartbeatResponse response, Optional<Instruction> instruction) {
    if (instruction.isPresent() && instruction.get() instanceof Instruction.Suspend) {
      suspended = true;
    } else if (!response.hasMailboxMessage()) {
      suspended = false;
    }
    if (instruction.isPresent()
        && instruction.get() instanceof Instruction.InvalidateCaches caches) {
      invalidated.addAll(caches.caches());
    }
  }
}
