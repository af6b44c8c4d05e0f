package io.metasrv.application.metadata.codec;

import io.metasrv.application.heartbeat.codec.PeerCodec;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Peer;

/**
 * {@code {"peer":{"id":1,"addr":"a:1"}}}: addresses of nodes, routes of flows, flows that read a
 * table (sheet 03 §3.9, §3.11). Always written whole, never changed.
 */
public final class PeerValueCodec implements ValueCodec<Peer> {

  /** The only one. */
  public static final PeerValueCodec CODEC = new PeerValueCodec();

  private PeerValueCodec() {}

  @Override
  public Peer read(JsonValue json) {
    return PeerCodec.read(json.asObject().require("peer"));
  }

  @Override
  public void write(JsonWriter out, Peer peer) {
    out.beginObject().name("peer");
    PeerCodec.write(out, peer);
    out.endObject();
  }
}
