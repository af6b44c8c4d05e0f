package io.metasrv.application.ddl.createlogical;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.createtable.NewTable;
import io.metasrv.application.ddl.region.FollowerSync;
import io.metasrv.application.ddl.region.RegionCall;
import io.metasrv.application.ddl.region.RegionExtensions;
import io.metasrv.application.ddl.region.RegionFanOut;
import io.metasrv.application.ddl.region.RegionMessages;
import io.metasrv.application.ddl.region.RegionPeers;
import io.metasrv.application.ddl.region.RegionTemplate;
import io.metasrv.domain.Peer;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.table.ColumnMetadata;
import io.metasrv.protocol.v1.region.CreateRequest;
import io.metasrv.protocol.v1.region.RegionResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the regions of logical tables within those of their physical table. Stateless. */
final class LogicalRegions {

  private static final String ENGINE = "metric";
  private static final String ON_PHYSICAL_TABLE = "on_physical_table";

  private final RegionFanOut datanodes;

  LogicalRegions(DdlContext context) {
    this.datanodes = RegionFanOut.of(context);
  }

  /**
   * Creates a region of each table within each physical region, one request a datanode.
   *
   * @param routes of the physical table, with current addresses
   * @return all columns of the physical regions; empty if they don't say
   */
  List<ColumnMetadata> create(List<NewTable> tables, List<RegionRoute> routes)
      throws InterruptedException {
    List<Templated> templates = new ArrayList<>();
    for (NewTable table : tables) {
      templates.add(new Templated(table.tableId(), RegionTemplate.ofLogical(table.info())));
    }
    List<RegionCall> calls = new ArrayList<>();
    for (Peer leader : RegionPeers.leaders(routes)) {
      List<RegionRoute> led = RegionPeers.ledBy(leader, routes);
      calls.add(new RegionCall(leader, RegionMessages.creates(requests(templates, led))));
    }
    List<RegionResponse> responses = datanodes.sendAll(calls);
    List<ColumnMetadata> columns =
        RegionExtensions.columns(responses, RegionExtensions.ALTER_PHYSICAL);
    new FollowerSync(datanodes).sync(ENGINE, routes, responses);
    return columns;
  }

  private record Templated(TableId table, RegionTemplate template) {}

  private static List<CreateRequest> requests(
      List<Templated> tables, List<RegionRoute> physicalRegions) {
    List<CreateRequest> requests = new ArrayList<>();
    for (Templated table : tables) {
      for (RegionRoute physical : physicalRegions) {
        requests.add(
            table
                .template()
                .region(
                    RegionId.of(table.table(), physical.id().regionNumber()),
                    physical.region().partitionExpr(),
                    Map.of(ON_PHYSICAL_TABLE, physical.id().toDecimal())));
      }
    }
    return requests;
  }
}
