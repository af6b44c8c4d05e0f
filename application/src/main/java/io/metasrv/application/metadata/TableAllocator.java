package io.metasrv.application.metadata;

import io.metasrv.application.peer.PeerAllocator;
import io.metasrv.domain.Peer;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.route.Region;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.route.TableRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.LongStream;

/** Gives a new table its id, regions, datanodes and WAL options (sheet 03 §9.2). Thread-safe. */
public final class TableAllocator {

  private final TableIds ids;
  private final Peers peers;
  private final WalOptionsAllocator wal;

  /** Chooses datanodes for the regions of a table, at least one. */
  @FunctionalInterface
  public interface Peers {
    List<Peer> forTable(int regions, SortedMap<String, String> extensions);
  }

  /**
   * @param ids the ids of tables
   * @param peers usually {@link PeerAllocator#forTable}
   * @param wal WAL options
   */
  public TableAllocator(TableIds ids, Peers peers, WalOptionsAllocator wal) {
    this.ids = ids;
    this.peers = peers;
    this.wal = wal;
  }

  /**
   * Everything a new physical table needs.
   *
   * @param askedFor an id the statement names
   * @param partitionExprs JSON text of the rule of each partition; none: one region for all rows
   * @param skipWal whether the table has no log at all
   * @param extensions from the statement's context, for selectors
   * @throws ServiceException if the id is taken or there are too many partitions
   */
  public Allocated allocate(
      Optional<TableId> askedFor,
      List<String> partitionExprs,
      boolean skipWal,
      SortedMap<String, String> extensions) {
    TableId table = ids.allocate(askedFor);
    List<String> rules = partitionExprs.isEmpty() ? List.of("") : partitionExprs;
    List<Peer> chosen = peers.forTable(rules.size(), extensions);
    if (chosen.isEmpty()) {
      throw ServiceException.unexpected("no datanode was chosen for table " + table);
    }
    List<RegionRoute> routes = new ArrayList<>(rules.size());
    for (int i = 0; i < rules.size(); i++) {
      routes.add(
          RegionRoute.of(
              Region.of(RegionId.of(table, i), rules.get(i)), chosen.get(i % chosen.size())));
    }
    RegionWalOptions options =
        wal.allocate(LongStream.range(0, rules.size()).boxed().toList(), skipWal);
    return new Allocated(table, TableRoute.physical(routes), options);
  }

  /** The id of a view, or of a logical table. */
  public TableId allocateId(Optional<TableId> askedFor) {
    return ids.allocate(askedFor);
  }

  /**
   * What a new table was given.
   *
   * @param table its id
   * @param route where its regions are
   * @param walOptions of its regions
   */
  public record Allocated(TableId table, TableRoute.Physical route, RegionWalOptions walOptions) {}
}
