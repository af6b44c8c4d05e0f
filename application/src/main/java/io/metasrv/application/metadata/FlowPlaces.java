package io.metasrv.application.metadata;

import io.metasrv.application.metadata.codec.PeerValueCodec;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.Peer;
import io.metasrv.domain.TableId;
import io.metasrv.domain.flow.FlowInfo;
import io.metasrv.domain.key.FlowRouteKey;
import io.metasrv.domain.key.FlownodeFlowKey;
import io.metasrv.domain.key.TableFlowKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** The keys that say where a flow runs, and what it reads there. */
final class FlowPlaces {

  private FlowPlaces() {}

  /** All keys of the flow beside name and info, with their values. */
  static Map<Bytes, Bytes> pairs(long flowId, FlowInfo info, SequencedMap<Long, Peer> routes) {
    Map<Bytes, Bytes> others = new LinkedHashMap<>();
    routes.forEach(
        (partition, peer) ->
            others.put(
                new FlowRouteKey(flowId, partition).toBytes(), PeerValueCodec.CODEC.encode(peer)));
    info.flownodeIds()
        .forEach(
            (partition, node) ->
                others.put(new FlownodeFlowKey(node, flowId, partition).toBytes(), Bytes.EMPTY));
    for (TableId table : info.sourceTableIds()) {
      routes.forEach(
          (partition, peer) ->
              others.put(
                  new TableFlowKey(table, peer.id(), flowId, partition).toBytes(),
                  PeerValueCodec.CODEC.encode(peer)));
    }
    return others;
  }

  /** The keys that {@link #pairs} has, from the info alone. */
  static List<Bytes> keys(long flowId, FlowInfo info) {
    List<Bytes> keys = new ArrayList<>();
    info.flownodeIds()
        .forEach(
            (partition, node) -> {
              keys.add(new FlownodeFlowKey(node, flowId, partition).toBytes());
              keys.add(new FlowRouteKey(flowId, partition).toBytes());
              for (TableId table : info.sourceTableIds()) {
                keys.add(new TableFlowKey(table, node, flowId, partition).toBytes());
              }
            });
    return keys;
  }
}
