package io.metasrv.nodes;

import com.google.protobuf.ByteString;
import io.metasrv.nodes.json.JsonText;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.Peer;
import io.metasrv.protocol.v1.meta.RequestHeader;
import io.metasrv.protocol.v1.meta.Role;

/** The parts that the heartbeats of all roles share (sheet 01 §14.1). */
final class Requests {

  private static final String ENVIRONMENT = "__env_vars";

  private Requests() {}

  /** A header and nothing else: handshakes and the datanode's probe of a dead stream. */
  static HeartbeatRequest headerOnly(Role role, NodeProfile profile) {
    return HeartbeatRequest.newBuilder()
        .setHeader(
            RequestHeader.newBuilder()
                .setProtocolVersion(1)
                .setMemberId(profile.id())
                .setRole(role))
        .build();
  }

  static Peer peer(NodeProfile profile) {
    return Peer.newBuilder().setId(profile.id()).setAddr(profile.address()).build();
  }

  /** Reported only where a node has been told to. */
  static void putEnvironment(HeartbeatRequest.Builder request, NodeProfile profile) {
    if (profile.environment().isEmpty()) {
      return;
    }
    JsonText json = new JsonText().startObject().name("vars").startObject();
    profile.environment().forEach((name, value) -> json.name(name).string(value));
    request.putExtensions(
        ENVIRONMENT, ByteString.copyFromUtf8(json.endObject().endObject().toString()));
  }
}
