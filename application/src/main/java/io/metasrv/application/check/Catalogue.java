package io.metasrv.application.check;

import io.metasrv.application.metadata.codec.DatanodeTableCodec;
import io.metasrv.application.metadata.codec.SchemaOptionsCodec;
import io.metasrv.application.metadata.codec.TableInfoValueCodec;
import io.metasrv.application.metadata.codec.TableNameValueCodec;
import io.metasrv.application.metadata.codec.TableRepartCodec;
import io.metasrv.application.metadata.codec.TableRouteCodec;
import io.metasrv.application.metadata.codec.TopicRegionCodec;
import io.metasrv.application.metadata.codec.ValueCodec;
import io.metasrv.application.metadata.codec.ViewInfoCodec;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.key.CatalogNameKey;
import io.metasrv.domain.key.DatanodeTableKey;
import io.metasrv.domain.key.SchemaNameKey;
import io.metasrv.domain.key.TableInfoKey;
import io.metasrv.domain.key.TableNameKey;
import io.metasrv.domain.key.TableRepartKey;
import io.metasrv.domain.key.TableRouteKey;
import io.metasrv.domain.key.TopicRegionKey;
import io.metasrv.domain.key.ViewInfoKey;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.DatanodeTable;
import io.metasrv.domain.table.SchemaOptions;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableName;
import io.metasrv.domain.table.TableRepart;
import io.metasrv.domain.table.ViewInfo;
import io.metasrv.domain.wal.TopicRegion;
import java.util.function.Function;

/** Everything stored of tables and views. */
record Catalogue(
    Family<CatalogNameKey, Bytes> catalogs,
    Family<SchemaNameKey, SchemaOptions> schemas,
    Family<TableName, TableId> names,
    Family<TableId, TableInfo> infos,
    Family<TableId, TableRoute> routes,
    Family<DatanodeTableKey, DatanodeTable> datanodeTables,
    Family<TopicRegionKey, TopicRegion> topicRegions,
    Family<TableId, ViewInfo> views,
    Family<TableId, TableRepart> reparts) {

  static Catalogue read(KeyValueStore store, Findings findings) {
    Reader reader = new Reader(store, findings);
    return new Catalogue(
        Family.read(
            store, CatalogNameKey.PREFIX, CatalogNameKey::parse, (key, value) -> value, findings),
        reader.read(SchemaNameKey.PREFIX, SchemaNameKey::parse, SchemaOptionsCodec.CODEC),
        Family.read(
            store,
            TableNameKey.PREFIX,
            key -> TableNameKey.parse(key).name(),
            (key, value) -> TableNameValueCodec.CODEC.decode(key, value).tableId(),
            findings),
        Family.read(
            store,
            TableInfoKey.PREFIX,
            key -> TableInfoKey.parse(key).table(),
            (key, value) -> TableInfoValueCodec.CODEC.decode(key, value).info(),
            findings),
        reader.read(
            TableRouteKey.PREFIX, key -> TableRouteKey.parse(key).table(), TableRouteCodec.CODEC),
        reader.read(DatanodeTableKey.PREFIX, DatanodeTableKey::parse, DatanodeTableCodec.CODEC),
        reader.read(TopicRegionKey.PREFIX, TopicRegionKey::parse, TopicRegionCodec.CODEC),
        reader.read(ViewInfoKey.PREFIX, key -> ViewInfoKey.parse(key).view(), ViewInfoCodec.CODEC),
        reader.read(
            TableRepartKey.PREFIX,
            key -> TableRepartKey.parse(key).table(),
            TableRepartCodec.CODEC));
  }

  private record Reader(KeyValueStore store, Findings findings) {

    <K, V> Family<K, V> read(Bytes prefix, Function<Bytes, K> parse, ValueCodec<V> codec) {
      return Family.read(store, prefix, parse, codec::decode, findings);
    }
  }
}
