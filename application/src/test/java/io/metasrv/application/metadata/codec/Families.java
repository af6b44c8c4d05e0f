package io.metasrv.application.metadata.codec;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.key.CatalogNameKey;
import io.metasrv.domain.key.DatanodeTableKey;
import io.metasrv.domain.key.FlowInfoKey;
import io.metasrv.domain.key.FlowNameKey;
import io.metasrv.domain.key.FlowRouteKey;
import io.metasrv.domain.key.FlownodeFlowKey;
import io.metasrv.domain.key.NodeAddressKey;
import io.metasrv.domain.key.SchemaNameKey;
import io.metasrv.domain.key.TableFlowKey;
import io.metasrv.domain.key.TableInfoKey;
import io.metasrv.domain.key.TableNameKey;
import io.metasrv.domain.key.TableRepartKey;
import io.metasrv.domain.key.TableRouteKey;
import io.metasrv.domain.key.TombstoneKey;
import io.metasrv.domain.key.TopicNameKey;
import io.metasrv.domain.key.TopicRegionKey;
import io.metasrv.domain.key.ViewInfoKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Reads and writes back any stored key and value whose family the application knows. */
final class Families {

  private static final Map<Bytes, Family> FAMILIES = families();

  private Families() {}

  private record Family(UnaryOperator<Bytes> key, UnaryOperator<Bytes> value) {}

  static Bytes rewriteKey(Bytes key) {
    return key.startsWith(TombstoneKey.PREFIX)
        ? new TombstoneKey(rewriteKey(TombstoneKey.parse(key).original())).toBytes()
        : of(key).key.apply(key);
  }

  static Bytes rewriteValue(Bytes key, Bytes value) {
    return key.startsWith(TombstoneKey.PREFIX)
        ? rewriteValue(TombstoneKey.parse(key).original(), value)
        : of(key).value.apply(value);
  }

  private static Family of(Bytes key) {
    return FAMILIES.entrySet().stream()
        .filter(family -> key.startsWith(family.getKey()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no family for " + key))
        .getValue();
  }

  private static Map<Bytes, Family> families() {
    Map<Bytes, Family> all = new LinkedHashMap<>();
    all.put(
        CatalogNameKey.PREFIX,
        new Family(k -> CatalogNameKey.parse(k).toBytes(), UnaryOperator.identity()));
    put(all, SchemaNameKey.PREFIX, k -> SchemaNameKey.parse(k).toBytes(), SchemaOptionsCodec.CODEC);
    put(all, TableNameKey.PREFIX, k -> TableNameKey.parse(k).toBytes(), TableNameValueCodec.CODEC);
    put(all, TableInfoKey.PREFIX, k -> TableInfoKey.parse(k).toBytes(), TableInfoValueCodec.CODEC);
    put(all, TableRouteKey.PREFIX, k -> TableRouteKey.parse(k).toBytes(), TableRouteCodec.CODEC);
    put(all, TableRepartKey.PREFIX, k -> TableRepartKey.parse(k).toBytes(), TableRepartCodec.CODEC);
    put(
        all,
        DatanodeTableKey.PREFIX,
        k -> DatanodeTableKey.parse(k).toBytes(),
        DatanodeTableCodec.CODEC);
    put(all, ViewInfoKey.PREFIX, k -> ViewInfoKey.parse(k).toBytes(), ViewInfoCodec.CODEC);
    put(all, NodeAddressKey.PREFIX, k -> NodeAddressKey.parse(k).toBytes(), PeerValueCodec.CODEC);
    put(all, TopicNameKey.PREFIX, k -> TopicNameKey.parse(k).toBytes(), TopicPrunedCodec.CODEC);
    put(all, TopicRegionKey.PREFIX, k -> TopicRegionKey.parse(k).toBytes(), TopicRegionCodec.CODEC);
    put(all, FlowInfoKey.PREFIX, k -> FlowInfoKey.parse(k).toBytes(), FlowInfoCodec.CODEC);
    put(all, FlowNameKey.PREFIX, k -> FlowNameKey.parse(k).toBytes(), FlowIdCodec.CODEC);
    put(all, FlowRouteKey.PREFIX, k -> FlowRouteKey.parse(k).toBytes(), PeerValueCodec.CODEC);
    put(all, TableFlowKey.PREFIX, k -> TableFlowKey.parse(k).toBytes(), PeerValueCodec.CODEC);
    all.put(
        FlownodeFlowKey.PREFIX,
        new Family(k -> FlownodeFlowKey.parse(k).toBytes(), UnaryOperator.identity()));
    return all;
  }

  private static <T> void put(
      Map<Bytes, Family> all, Bytes prefix, UnaryOperator<Bytes> key, ValueCodec<T> codec) {
    all.put(prefix, new Family(key, value -> codec.encode(codec.decode(prefix, value))));
  }
}
