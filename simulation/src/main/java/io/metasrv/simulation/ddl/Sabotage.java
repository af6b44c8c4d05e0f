package io.metasrv.simulation.ddl;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.NodeClients;
import io.metasrv.protocol.v1.region.RegionRequest;
import io.metasrv.protocol.v1.region.RegionResponse;
import java.util.function.BooleanSupplier;

/** What is broken on purpose, to show that it is noticed. */
public enum Sabotage {
  /** Nothing. */
  NONE,
  /** Of each procedure only the first state is stored. */
  FORGETFUL_JOURNAL,
  /** What a procedure stores of itself is told to be written, and is not. */
  NO_JOURNAL,
  /** The next leader takes regions for dropped that nobody dropped. */
  REGIONS_NOT_DROPPED,
  /** The next leader takes regions for altered that nobody altered. */
  REGIONS_NOT_ALTERED;

  /** What a metasrv takes for the store. */
  KeyValueStore store(KeyValueStore store) {
    return switch (this) {
      case FORGETFUL_JOURNAL -> LossyJournal.afterTheFirst(store);
      case NO_JOURNAL -> LossyJournal.ofEverything(store);
      default -> store;
    };
  }

  /** How a metasrv reaches nodes. */
  NodeClients nodes(NodeClients nodes, BooleanSupplier afterCrash) {
    return switch (this) {
      case REGIONS_NOT_DROPPED -> without(RegionRequest.BodyCase.DROP, nodes, afterCrash);
      case REGIONS_NOT_ALTERED -> without(RegionRequest.BodyCase.ALTER, nodes, afterCrash);
      default -> nodes;
    };
  }

  private static NodeClients without(
      RegionRequest.BodyCase kind, NodeClients nodes, BooleanSupplier afterCrash) {
    return new NodeClients(
        (datanode, request) ->
            request.getBodyCase() == kind && afterCrash.getAsBoolean()
                ? RegionResponse.getDefaultInstance()
                : nodes.datanodes().handle(datanode, request),
        nodes.flownodes());
  }
}
