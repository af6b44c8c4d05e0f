package io.metasrv.application.heartbeat.codec;

import io.metasrv.application.json.JsonObject;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Peer;

/** {@code {"id":1,"addr":"10.0.0.1:3001"}}: a node, wherever JSON names one. */
public final class PeerCodec {

  private PeerCodec() {}

  /** Writes the node. */
  public static void write(JsonWriter out, Peer peer) {
    out.object(() -> out.name("id").unsigned(peer.id()).name("addr").string(peer.address()));
  }

  /** Reads a node; both members are required. */
  public static Peer read(JsonValue json) {
    JsonObject object = json.object();
    return new Peer(object.get("id").unsigned(), object.get("addr").text());
  }
}
