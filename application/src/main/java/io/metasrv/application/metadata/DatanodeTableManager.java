package io.metasrv.application.metadata;

import io.metasrv.application.metadata.codec.DatanodeTableCodec;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.key.DatanodeTableKey;
import io.metasrv.domain.route.RegionDistribution;
import io.metasrv.domain.table.DatanodeTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/** What datanodes must know of tables (sheet 03 §3.7). Stateless, thread-safe. */
public final class DatanodeTableManager {

  private static final DatanodeTableCodec CODEC = DatanodeTableCodec.CODEC;

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public DatanodeTableManager(KeyValueStore store) {
    this.store = store;
  }

  /** What the datanode must know of the table. */
  public Optional<Stored<DatanodeTable>> get(long datanode, TableId table) {
    return Reads.get(store, new DatanodeTableKey(datanode, table).toBytes(), CODEC);
  }

  /** All tables of the datanode, ascending by the text of their ids. */
  public List<DatanodeTable> tables(long datanode) {
    return Reads.scan(store, DatanodeTableKey.prefixOf(datanode), DatanodeTableKey::parse, CODEC)
        .values()
        .stream()
        .map(Stored::value)
        .toList();
  }

  /** What those of the datanodes know that know anything of the table, by datanode. */
  SequencedMap<Long, Stored<DatanodeTable>> ofTable(TableId table, List<Long> datanodes) {
    return Reads.batch(
        store, datanodes, node -> new DatanodeTableKey(node, table).toBytes(), CODEC);
  }

  /**
   * The WAL options of the regions of the table, from all its datanodes; those that know nothing of
   * the table count for nothing.
   */
  public RegionWalOptions walOptions(TableId table, RegionDistribution distribution) {
    TreeMap<Long, String> texts = new TreeMap<>();
    ofTable(table, List.copyOf(distribution.byNode().keySet()))
        .values()
        .forEach(known -> known.value().info().walOptions().forEach(texts::putIfAbsent));
    return new RegionWalOptions(new LinkedHashMap<>(texts));
  }

  /**
   * How the regions of the table are opened, from the datanode of the lowest id.
   *
   * @throws ServiceException ({@code DatanodeTableInfoNotFound}) if it knows nothing of the table
   * @throws IllegalArgumentException if the distribution is empty
   */
  public DatanodeTable.RegionInfo regionInfo(TableId table, RegionDistribution distribution) {
    if (distribution.isEmpty()) {
      throw new IllegalArgumentException("table " + table + " has no region anywhere");
    }
    long lowest = distribution.byNode().firstKey();
    return get(lowest, table)
        .orElseThrow(() -> MetadataErrors.datanodeTableNotFound(table, lowest))
        .value()
        .info();
  }

  /** Key of a datanode's knowledge of a table. */
  static Bytes key(long datanode, TableId table) {
    return new DatanodeTableKey(datanode, table).toBytes();
  }
}
