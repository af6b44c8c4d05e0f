package io.metasrv.application.ddl.flow;

import io.metasrv.application.instruction.CacheIdent;
import io.metasrv.domain.flow.FlowInfo;
import java.util.ArrayList;
import java.util.List;

/** What nodes are told of a flow that is gone. */
final class DroppedFlow {

  private DroppedFlow() {}

  static CacheIdent ident(long flowId, FlowInfo info) {
    List<CacheIdent.PartitionNode> partitions = new ArrayList<>();
    info.flownodeIds()
        .forEach(
            (partition, flownode) ->
                partitions.add(new CacheIdent.PartitionNode(partition, flownode)));
    return new CacheIdent.DropFlow(flowId, info.sourceTableIds(), partitions);
  }
}
