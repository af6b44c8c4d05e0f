package io.metasrv.application.metadata;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.TableId;
import io.metasrv.domain.route.RegionDistribution;
import io.metasrv.domain.table.DatanodeTable;
import java.util.List;
import java.util.Optional;

/** What datanodes must know of tables (sheet 03 §3.7). Stateless, thread-safe. */
public final class DatanodeTableManager {

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public DatanodeTableManager(KeyValueStore store) {
    this.store = store;
  }

  /** What the datanode must know of the table. */
  public Optional<Stored<DatanodeTable>> get(long datanode, TableId table) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** All tables of the datanode, ascending by the text of their ids. */
  public List<DatanodeTable> tables(long datanode) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** The WAL options of the regions of the table, from its datanodes. */
  public RegionWalOptions walOptions(TableId table, RegionDistribution distribution) {
    throw new UnsupportedOperationException("not written yet");
  }

  /**
   * How the regions of the table are opened, from the datanode of the lowest id. @throws
   * ServiceException DatanodeTableInfoNotFound
   */
  public DatanodeTable.RegionInfo regionInfo(TableId table, RegionDistribution distribution) {
    throw new UnsupportedOperationException("not written yet");
  }
}
