package io.metasrv.application.check;

import io.metasrv.application.check.Finding.Category;
import io.metasrv.application.metadata.codec.FlowIdCodec;
import io.metasrv.application.metadata.codec.FlowInfoCodec;
import io.metasrv.application.metadata.codec.PeerValueCodec;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.Peer;
import io.metasrv.domain.TableId;
import io.metasrv.domain.flow.FlowInfo;
import io.metasrv.domain.key.CatalogNameKey;
import io.metasrv.domain.key.FlowInfoKey;
import io.metasrv.domain.key.FlowNameKey;
import io.metasrv.domain.key.FlowRouteKey;
import io.metasrv.domain.key.FlownodeFlowKey;
import io.metasrv.domain.key.TableFlowKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether the keys of flows agree with each other. A source table may be gone: the system lets
 * tables be dropped that flows read.
 */
final class FlowCheck {

  private final Findings findings;
  private final Family<FlowNameKey, Long> names;
  private final Family<Long, FlowInfo> infos;
  private final Family<FlowRouteKey, Peer> routes;
  private final Family<FlownodeFlowKey, Bytes> ofFlownodes;
  private final Family<TableFlowKey, Peer> ofTables;

  FlowCheck(KeyValueStore store, Findings findings) {
    this.findings = findings;
    this.names =
        Family.read(
            store, FlowNameKey.PREFIX, FlowNameKey::parse, FlowIdCodec.CODEC::decode, findings);
    this.infos =
        Family.read(
            store,
            FlowInfoKey.PREFIX,
            key -> FlowInfoKey.parse(key).flowId(),
            FlowInfoCodec.CODEC::decode,
            findings);
    this.routes =
        Family.read(
            store,
            FlowRouteKey.PREFIX,
            FlowRouteKey::parse,
            PeerValueCodec.CODEC::decode,
            findings);
    this.ofFlownodes =
        Family.read(
            store, FlownodeFlowKey.PREFIX, FlownodeFlowKey::parse, (key, value) -> value, findings);
    this.ofTables =
        Family.read(
            store,
            TableFlowKey.PREFIX,
            TableFlowKey::parse,
            PeerValueCodec.CODEC::decode,
            findings);
  }

  /** Ids that are in use. */
  Stream<Long> ids() {
    return Stream.of(names.values().values(), infos.values().keySet()).flatMap(Collection::stream);
  }

  void run(Family<CatalogNameKey, Bytes> catalogs) {
    names.values().forEach((key, id) -> name(key, id, catalogs));
    infos.values().forEach(this::info);
    Set<Bytes> expected = new HashSet<>();
    infos.values().forEach((id, info) -> places(id, info, expected));
    routes
        .values()
        .keySet()
        .forEach(key -> expect(expected, key.toBytes(), key.flowId(), key.partition()));
    ofFlownodes
        .values()
        .keySet()
        .forEach(key -> expect(expected, key.toBytes(), key.flowId(), key.partition()));
    ofTables
        .values()
        .keySet()
        .forEach(key -> expect(expected, key.toBytes(), key.flowId(), key.partition()));
  }

  private void name(FlowNameKey key, long id, Family<CatalogNameKey, Bytes> catalogs) {
    findings.unless(
        catalogs.holds(new CatalogNameKey(key.catalog())),
        Category.SCHEMA,
        key.toBytes(),
        "its catalog %s is not there",
        key.catalog());
    findings.unless(
        infos.holds(id),
        Category.FLOW,
        key.toBytes(),
        "it leads to flow %s, of which there is no info",
        id);
    infos
        .get(id)
        .map(FlowCheck::nameOf)
        .filter(named -> !named.equals(key))
        .ifPresent(
            named ->
                findings.add(
                    Category.FLOW,
                    key.toBytes(),
                    "it leads to flow %s, whose name is %s",
                    id,
                    named));
  }

  private static FlowNameKey nameOf(FlowInfo info) {
    return new FlowNameKey(info.catalogName(), info.flowName());
  }

  private void info(long id, FlowInfo info) {
    FlowNameKey name = nameOf(info);
    boolean leads =
        names.get(name).map(Long.valueOf(id)::equals).orElseGet(() -> names.holds(name));
    findings.unless(
        leads,
        Category.FLOW,
        name.toBytes(),
        "flow %s has this name, but the name does not lead to it",
        id);
  }

  private void places(long id, FlowInfo info, Set<Bytes> expected) {
    info.flownodeIds()
        .forEach(
            (partition, node) -> {
              FlownodeFlowKey onNode = new FlownodeFlowKey(node, id, partition);
              demand(expected, ofFlownodes.holds(onNode), onNode.toBytes(), id);
              FlowRouteKey route = new FlowRouteKey(id, partition);
              demand(expected, routes.holds(route), route.toBytes(), id);
              onNode(route.toBytes(), routes.get(route), node);
              for (TableId table : info.sourceTableIds()) {
                TableFlowKey ofTable = new TableFlowKey(table, node, id, partition);
                demand(expected, ofTables.holds(ofTable), ofTable.toBytes(), id);
                onNode(ofTable.toBytes(), ofTables.get(ofTable), node);
              }
            });
  }

  private void demand(Set<Bytes> expected, boolean there, Bytes key, long id) {
    expected.add(key);
    findings.unless(there, Category.FLOW, key, "it is missing by the info of flow %s", id);
  }

  private void onNode(Bytes key, Optional<Peer> peer, long node) {
    peer.filter(other -> other.id() != node)
        .ifPresent(
            other ->
                findings.add(
                    Category.FLOW,
                    key,
                    "it has flownode %s, the info of the flow has %s",
                    Long.toUnsignedString(other.id()),
                    Long.toUnsignedString(node)));
  }

  private void expect(Set<Bytes> expected, Bytes key, long id, long partition) {
    findings.unless(
        expected.contains(key) || infos.unreadable().contains(id),
        Category.FLOW,
        key,
        "partition %s of flow %s is not there by its info",
        partition,
        id);
  }
}
