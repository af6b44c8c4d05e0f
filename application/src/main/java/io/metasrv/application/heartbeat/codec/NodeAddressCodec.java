package io.metasrv.application.heartbeat.codec;

import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.Peer;

/** Values of the persistent node address keys (sheet 02 §19). */
public final class NodeAddressCodec {

  private NodeAddressCodec() {}

  /** The JSON. */
  public static Bytes encode(Peer peer) {
    return JsonWriter.bytes(
        out ->
            out.object(
                () -> {
                  out.name("peer");
                  PeerCodec.write(out, peer);
                }));
  }

  /** Reads the JSON. */
  public static Peer decode(Bytes json) {
    return JsonReader.decode(json, document -> PeerCodec.read(document.asObject().require("peer")));
  }
}
