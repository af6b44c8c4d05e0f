package io.metasrv.application.ddl.createtable;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.region.RegionCall;
import io.metasrv.application.ddl.region.RegionExtensions;
import io.metasrv.application.ddl.region.RegionFanOut;
import io.metasrv.application.ddl.region.RegionMessages;
import io.metasrv.application.ddl.region.RegionOutcome;
import io.metasrv.application.ddl.region.RegionTemplate;
import io.metasrv.application.metadata.RegionWalOptions;
import io.metasrv.domain.Maps;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.table.ColumnMetadata;
import io.metasrv.protocol.v1.region.CreateRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes the regions of a new table, and takes them back. Both may be repeated. Stateless. */
final class NewRegions {

  private static final String WAL_OPTIONS = "wal_options";

  private final RegionFanOut datanodes;

  NewRegions(DdlContext context) {
    this.datanodes = RegionFanOut.of(context);
  }

  /**
   * Creates all regions.
   *
   * @return the columns they have; empty if they don't say
   */
  List<ColumnMetadata> create(NewTable table, List<RegionRoute> routes, RegionWalOptions walOptions)
      throws InterruptedException {
    RegionTemplate template = RegionTemplate.of(table.expr());
    List<RegionCall> calls =
        calls(routes, route -> RegionMessages.create(request(template, route, walOptions)));
    return RegionExtensions.columns(
        datanodes.sendAll(calls), RegionExtensions.TABLE_COLUMN_METADATA);
  }

  /**
   * Drops all regions; one that is not there is fine.
   *
   * @return the first error of a region that may still be there
   */
  Optional<MetasrvException> drop(List<RegionRoute> routes) throws InterruptedException {
    List<RegionOutcome> drops =
        datanodes.send(calls(routes, route -> RegionMessages.drop(route.id(), false)));
    return drops.stream()
        .flatMap(drop -> drop.failure().stream())
        .filter(error -> error.code() != StatusCode.REGION_NOT_FOUND)
        .findFirst();
  }

  private static List<RegionCall> calls(
      List<RegionRoute> routes,
      Function<RegionRoute, io.metasrv.protocol.v1.region.RegionRequest> request) {
    List<RegionCall> calls = new ArrayList<>();
    for (RegionRoute route : routes) {
      route.leader().ifPresent(leader -> calls.add(new RegionCall(leader, request.apply(route))));
    }
    return calls;
  }

  private static CreateRequest request(
      RegionTemplate template, RegionRoute route, RegionWalOptions walOptions) {
    LinkedHashMap<String, String> options = new LinkedHashMap<>();
    Optional.ofNullable(walOptions.texts().get(route.id().regionNumber()))
        .ifPresent(text -> options.put(WAL_OPTIONS, text));
    return template.region(route.id(), route.region().partitionExpr(), Maps.copyOf(options));
  }
}
