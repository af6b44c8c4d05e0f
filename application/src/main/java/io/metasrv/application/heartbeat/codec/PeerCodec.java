package io.metasrv.application.heartbeat.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Peer;

/** {@code {"id":1,"addr":"10.0.0.1:3001"}}: a node, wherever JSON names one. */
public final class PeerCodec {

  private PeerCodec() {}

  /** Writes the node. */
  public static void write(JsonWriter out, Peer peer) {
    out.object(() -> out.name("id").unsigned(peer.id()).name("addr").value(peer.address()));
  }

  /** Reads a node; both members are required. */
  public static Peer read(JsonValue json) {
    JsonValue.Object object = json.asObject();
    return new Peer(object.require("id").asUnsigned(), object.require("addr").asText());
  }
}
