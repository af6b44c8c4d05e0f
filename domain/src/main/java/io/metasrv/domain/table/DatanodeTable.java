package io.metasrv.domain.table;

import io.metasrv.domain.Maps;
import io.metasrv.domain.TableId;
import io.metasrv.domain.UnknownMembers;
import io.metasrv.domain.route.RegionRoles;
import java.util.SequencedMap;

/**
 * What a datanode must know to open its regions of a table (sheet 03 §3.7).
 *
 * @param tableId the table, physical
 * @param regions the regions it holds
 * @param info how to open them
 * @param version unsigned; always 0 in practice
 * @param unknown members kept for others
 */
public record DatanodeTable(
    TableId tableId, RegionRoles regions, RegionInfo info, long version, UnknownMembers unknown) {

  /** A fresh one. */
  public static DatanodeTable of(TableId tableId, RegionRoles regions, RegionInfo info) {
    return new DatanodeTable(tableId, regions, info, 0, UnknownMembers.NONE);
  }

  /** With other regions and another way to open them. */
  public DatanodeTable with(RegionRoles changed, RegionInfo changedInfo) {
    return new DatanodeTable(tableId, changed, changedInfo, version, unknown);
  }

  /**
   * How the regions of a table are opened; the same on each of its nodes.
   *
   * @param engine {@code mito}, {@code metric}, {@code file}
   * @param storagePath {@code catalog/schema}
   * @param options of the table, as text
   * @param walOptions JSON text of the WAL options of <em>all</em> regions of the table, by region
   *     number (unsigned 32 bits)
   */
  public record RegionInfo(
      String engine,
      String storagePath,
      SequencedMap<String, String> options,
      SequencedMap<Long, String> walOptions) {
    public RegionInfo {
      options = Maps.copyOf(options);
      walOptions = Maps.copyOf(walOptions);
    }

    /** With other options. */
    public RegionInfo withOptions(SequencedMap<String, String> changed) {
      return new RegionInfo(engine, storagePath, changed, walOptions);
    }

    /** With other WAL options. */
    public RegionInfo withWalOptions(SequencedMap<Long, String> changed) {
      return new RegionInfo(engine, storagePath, options, changed);
    }
  }
}
