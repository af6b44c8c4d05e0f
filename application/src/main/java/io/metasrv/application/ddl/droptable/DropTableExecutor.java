package io.metasrv.application.ddl.droptable;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.RegionDetectors;
import io.metasrv.application.ddl.region.RegionCall;
import io.metasrv.application.ddl.region.RegionFanOut;
import io.metasrv.application.ddl.region.RegionGuards;
import io.metasrv.application.ddl.region.RegionMessages;
import io.metasrv.application.ddl.region.RegionOutcome;
import io.metasrv.application.instruction.CacheIdent;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.table.TableName;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of dropping one table, for DROP TABLE and DROP DATABASE. Each may be repeated. One run
 * of a procedure has one; not thread-safe.
 */
public final class DropTableExecutor {

  private final DdlContext context;
  private final RegionFanOut datanodes;
  private final RegionGuards guards;

  /**
   * @param context of the term
   */
  public DropTableExecutor(DdlContext context) {
    this.context = context;
    this.datanodes = RegionFanOut.of(context);
    this.guards = new RegionGuards(context.operating());
  }

  /**
   * Keeps the leases of the regions while no route names them. A logical table has no leases.
   *
   * @throws io.metasrv.domain.error.ServiceException (Unexpected) if another procedure works on one
   */
  public void hold(DroppedParts parts) {
    if (parts.isPhysical()) {
      guards.hold(parts.regions());
    }
  }

  /** Ends {@link #hold}. */
  public void release() {
    guards.release();
  }

  /** Moves the table's keys to their tombstones; from now on it can only be restored. */
  public void deleteMetadata(DroppedParts parts) {
    context.tables().deleteTable(parts.ref());
  }

  /** Moves the keys back and has the leaders watched again. */
  public void restoreMetadata(DroppedParts parts) {
    context.tables().restoreTable(parts.ref());
    if (parts.isPhysical()) {
      context.detectors().register(watched(parts));
    }
  }

  /** Removes the tombstones: the table is gone for good. */
  public void deleteTombstone(DroppedParts parts) {
    context.tables().deleteTableTombstone(parts.ref());
  }

  /** Removes the table's keys at once and for good. */
  public void destroyMetadata(DroppedParts parts) {
    context.tables().destroyTable(parts.ref());
  }

  /**
   * Tells all nodes to forget the table.
   *
   * @param subject for people
   */
  public void invalidateCaches(DroppedParts parts, String subject) {
    TableName name = parts.name();
    context
        .caches()
        .invalidate(
            subject,
            List.of(
                new CacheIdent.OfTableName(name.catalog(), name.schema(), name.table()),
                new CacheIdent.OfTableId(parts.table())));
  }

  /**
   * Drops the regions at their leaders and closes them at their followers; nobody watches them any
   * more. A leader that does not know a region has dropped it before; a follower that cannot be
   * reached closes when its lease ends.
   *
   * @param parts with current addresses
   * @param fastPath whether physical regions go with all logical ones in them
   * @throws MetasrvException if a leader did not drop, by the rule of {@link
   *     RegionOutcome#responses}
   */
  public void dropRegions(DroppedParts parts, boolean fastPath) throws InterruptedException {
    if (parts.isPhysical()) {
      context.detectors().deregister(watched(parts));
    }
    List<RegionOutcome> drops = datanodes.send(dropCalls(parts, fastPath));
    RegionOutcome.responses(drops.stream().filter(drop -> !isGone(drop)).toList());
    // Failures are logged where the calls are made.
    datanodes.send(closeCalls(parts));
    if (parts.isPhysical()) {
      context.leaderRegions().remove(parts.regions().stream().map(RegionRoute::id).toList());
    }
  }

  private static boolean isGone(RegionOutcome outcome) {
    return outcome.failure().map(MetasrvException::code).stream()
        .anyMatch(StatusCode.REGION_NOT_FOUND::equals);
  }

  private static List<RegionCall> dropCalls(DroppedParts parts, boolean fastPath) {
    List<RegionCall> calls = new ArrayList<>();
    for (RegionRoute route : parts.regions()) {
      route
          .leader()
          .ifPresent(
              leader ->
                  calls.add(
                      new RegionCall(leader, RegionMessages.drop(parts.region(route), fastPath))));
    }
    return calls;
  }

  private static List<RegionCall> closeCalls(DroppedParts parts) {
    List<RegionCall> calls = new ArrayList<>();
    for (RegionRoute route : parts.regions()) {
      route
          .followers()
          .forEach(
              follower ->
                  calls.add(new RegionCall(follower, RegionMessages.close(parts.region(route)))));
    }
    return calls;
  }

  private static List<RegionDetectors.Watched> watched(DroppedParts parts) {
    return parts.regions().stream()
        .flatMap(
            route ->
                route.leader().stream()
                    .map(leader -> new RegionDetectors.Watched(leader.id(), route.id())))
        .toList();
  }
}
