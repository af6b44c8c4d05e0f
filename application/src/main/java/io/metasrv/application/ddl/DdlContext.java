package io.metasrv.application.ddl;

import io.metasrv.application.cache.CacheInvalidator;
import io.metasrv.application.heartbeat.LeaderRegions;
import io.metasrv.application.heartbeat.OperatingRegions;
import io.metasrv.application.metadata.FlowMetadata;
import io.metasrv.application.metadata.TableAllocator;
import io.metasrv.application.metadata.TableMetadata;
import io.metasrv.application.metasrv.Term;
import io.metasrv.application.port.DatanodeClient;
import io.metasrv.application.port.FlownodeClient;
import io.metasrv.application.port.Runtime;
import io.metasrv.domain.Peer;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * What the procedures of one term work with. Each object in it belongs to that term and is
 * thread-safe.
 *
 * @param term checked before each effect on others
 * @param tables catalogs, schemas, tables and views in the store of the term
 * @param flows flows in the store of the term
 * @param allocator ids, datanodes and WAL options of new tables
 * @param flowIds ids of new flows, unsigned 32 bits
 * @param flowPeers flownodes for so many partitions of a new flow
 * @param datanodes region requests
 * @param flownodes flow requests
 * @param caches tells nodes what changed
 * @param operating regions under operation, whose leases go on
 * @param leaderRegions what leaders reported last
 * @param detectors who watches leaders
 * @param runtime time and tasks
 */
public record DdlContext(
    Term term,
    TableMetadata tables,
    FlowMetadata flows,
    TableAllocator allocator,
    LongSupplier flowIds,
    IntFunction<List<Peer>> flowPeers,
    DatanodeClient datanodes,
    FlownodeClient flownodes,
    CacheInvalidator caches,
    OperatingRegions operating,
    LeaderRegions leaderRegions,
    RegionDetectors detectors,
    Runtime runtime) {}
