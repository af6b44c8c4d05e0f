package io.metasrv.application.metadata;

import io.metasrv.application.metadata.codec.FlowIdCodec;
import io.metasrv.application.metadata.codec.FlowInfoCodec;
import io.metasrv.application.metadata.codec.PeerValueCodec;
import io.metasrv.application.port.Compare;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.Peer;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.flow.FlowInfo;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.key.FlowInfoKey;
import io.metasrv.domain.key.FlowNameKey;
import io.metasrv.domain.key.FlowRouteKey;
import io.metasrv.domain.key.FlownodeFlowKey;
import io.metasrv.domain.key.TableFlowKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;

/**
 * Flows (sheet 03 §7). Rule R holds as in {@link TableMetadata}.
 *
 * <p>What does not fit into one transaction is written around it: keys that appear before, keys
 * that disappear after. After a crash in between the same call finishes the work.
 *
 * <p>Stateless, thread-safe.
 */
public final class FlowMetadata {

  private static final FlowInfoCodec CODEC = FlowInfoCodec.CODEC;

  private final KeyValueStore store;
  private final NodeAddressManager addresses;

  /**
   * @param store the store of the term
   */
  public FlowMetadata(KeyValueStore store) {
    this.store = store;
    this.addresses = new NodeAddressManager(store);
  }

  /** The id of the flow. */
  public Optional<Long> idOf(String catalog, String flow) {
    return Reads.get(store, nameKey(catalog, flow), FlowIdCodec.CODEC).map(Stored::value);
  }

  /** The flow. */
  public Optional<Stored<FlowInfo>> get(long flowId) {
    return Reads.get(store, infoKey(flowId), CODEC);
  }

  /** Names and ids of the flows of the catalog, ascending by name. */
  public SequencedMap<String, Long> names(String catalog) {
    LinkedHashMap<String, Long> names = new LinkedHashMap<>();
    Reads.scan(store, FlowNameKey.prefixOf(catalog), FlowNameKey::parse, FlowIdCodec.CODEC)
        .forEach((key, id) -> names.put(key.flow(), id.value()));
    return names;
  }

  /** Where the partitions of the flow run, addresses up to date. */
  public SequencedMap<Long, Peer> routes(long flowId) {
    SequencedMap<FlowRouteKey, Stored<Peer>> stored =
        Reads.scan(store, FlowRouteKey.prefixOf(flowId), FlowRouteKey::parse, PeerValueCodec.CODEC);
    SortedMap<Long, String> current = currentAddresses(stored.values());
    LinkedHashMap<Long, Peer> routes = new LinkedHashMap<>();
    stored.forEach(
        (key, peer) ->
            routes.put(key.partition(), NodeAddressManager.remap(peer.value(), current)));
    return routes;
  }

  /** What reads the table, addresses up to date. */
  public List<SourceFlow> flowsOf(TableId sourceTable) {
    SequencedMap<TableFlowKey, Stored<Peer>> stored =
        Reads.scan(
            store, TableFlowKey.prefixOf(sourceTable), TableFlowKey::parse, PeerValueCodec.CODEC);
    SortedMap<Long, String> current = currentAddresses(stored.values());
    List<SourceFlow> flows = new ArrayList<>();
    stored.forEach(
        (key, peer) ->
            flows.add(
                new SourceFlow(
                    new FlowPartition(key.flowId(), key.partition()),
                    NodeAddressManager.remap(peer.value(), current))));
    return flows;
  }

  private SortedMap<Long, String> currentAddresses(Iterable<Stored<Peer>> peers) {
    List<Long> nodes = new ArrayList<>();
    peers.forEach(peer -> nodes.add(peer.value().id()));
    return addresses.addresses(NodeRole.FLOWNODE, nodes);
  }

  /** What runs on the flownode. */
  public List<FlowPartition> flowsOn(long flownode) {
    return Reads.keys(store, FlownodeFlowKey.prefixOf(flownode), FlownodeFlowKey::parse).stream()
        .map(key -> new FlowPartition(key.flowId(), key.partition()))
        .toList();
  }

  /**
   * Creates a flow.
   *
   * @param routes where each partition runs; a flow that waits for its sources has none
   * @throws ServiceException ({@code FlowAlreadyExists}) if the name leads to another flow;
   *     (Unexpected) if another flow of this id is there
   */
  public void create(long flowId, FlowInfo info, SequencedMap<Long, Peer> routes) {
    Bytes nameKey = nameKey(info.catalogName(), info.flowName());
    Map<Bytes, Bytes> others = FlowPlaces.pairs(flowId, info, routes);
    GuardedTxn txn =
        new GuardedTxn()
            .create(nameKey, FlowIdCodec.CODEC.encode(flowId))
            .create(infoKey(flowId), CODEC.encode(info));
    if (txn.size() + others.size() <= store.maxTxnOps()) {
      txn.putAll(others);
    } else if (store.get(infoKey(flowId)).isEmpty() && store.get(nameKey).isEmpty()) {
      Writes.putAll(store, others);
    }
    GuardedTxn.Outcome outcome = txn.commit(store);
    if (!outcome.committed()) {
      checkName(outcome, nameKey, flowId, "creating flow")
          .ifPresent(
              other -> {
                throw MetadataErrors.flowExists(info.catalogName(), info.flowName());
              });
    }
    outcome.settle(infoKey(flowId), CODEC, info, "flow info", "creating flow");
  }

  /**
   * Replaces a flow by one of the same name and id. Only keys that are not written again are
   * removed; the reference removes and writes the same key in one transaction, which etcd refuses.
   *
   * @param changed see {@link FlowInfo#replacing}
   * @throws ServiceException (Unexpected) if the flow changed, or its name leads elsewhere
   */
  public void replace(
      long flowId, Stored<FlowInfo> current, FlowInfo changed, SequencedMap<Long, Peer> routes) {
    Bytes nameKey = nameKey(changed.catalogName(), changed.flowName());
    Bytes nameRaw =
        store
            .get(nameKey)
            .orElseThrow(() -> MetadataErrors.emptyValue("flow name", "updating flow"));
    Map<Bytes, Bytes> others = FlowPlaces.pairs(flowId, changed, routes);
    List<Bytes> gone =
        FlowPlaces.keys(flowId, current.value()).stream()
            .filter(key -> !others.containsKey(key))
            .toList();
    GuardedTxn txn =
        new GuardedTxn()
            .expect(new Compare.ValueEquals(nameKey, nameRaw))
            .replace(infoKey(flowId), current.raw(), CODEC.encode(changed));
    checkId(flowId, FlowIdCodec.CODEC.decode(nameKey, nameRaw));
    boolean split = txn.size() + others.size() + gone.size() > store.maxTxnOps();
    if (!split) {
      txn.putAll(others);
      gone.forEach(txn::delete);
    } else if (store.get(infoKey(flowId)).equals(Optional.of(current.raw()))) {
      Writes.putAll(store, others);
    }
    GuardedTxn.Outcome outcome = txn.commit(store);
    if (!outcome.committed()) {
      checkName(outcome, nameKey, flowId, "updating flow").ifPresent(id -> checkId(flowId, id));
    }
    outcome.settle(infoKey(flowId), CODEC, changed, "flow info", "updating flow");
    if (split) {
      Writes.deleteAll(store, gone);
    }
  }

  /**
   * Changes only the info of a flow, for example its comment.
   *
   * @throws ServiceException (Unexpected) if the flow changed
   */
  public void updateInfo(long flowId, Stored<FlowInfo> current, FlowInfo changed) {
    new GuardedTxn()
        .replace(infoKey(flowId), current.raw(), CODEC.encode(changed))
        .commit(store)
        .settle(infoKey(flowId), CODEC, changed, "flow info", "updating flow");
  }

  /** Removes a flow; its name goes first. */
  public void destroy(long flowId, FlowInfo info) {
    List<Bytes> keys = new ArrayList<>();
    keys.add(nameKey(info.catalogName(), info.flowName()));
    keys.add(infoKey(flowId));
    keys.addAll(FlowPlaces.keys(flowId, info));
    Writes.deleteAll(store, keys);
  }

  /** The id that the name leads to, if it is another. */
  private static Optional<Long> checkName(
      GuardedTxn.Outcome outcome, Bytes nameKey, long flowId, String operation) {
    Bytes raw =
        outcome.at(nameKey).orElseThrow(() -> MetadataErrors.emptyValue("flow name", operation));
    long id = FlowIdCodec.CODEC.decode(nameKey, raw);
    return id == flowId ? Optional.empty() : Optional.of(id);
  }

  private static void checkId(long flowId, long found) {
    if (found != flowId) {
      throw MetadataErrors.unexpected(
          "Reads different flow id when updating flow: " + flowId + ", found: " + found);
    }
  }

  private static Bytes nameKey(String catalog, String flow) {
    return new FlowNameKey(catalog, flow).toBytes();
  }

  private static Bytes infoKey(long flowId) {
    return new FlowInfoKey(flowId).toBytes();
  }
}
