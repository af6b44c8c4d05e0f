package io.metasrv.application.instruction;

import io.metasrv.domain.Peer;
import io.metasrv.domain.TableId;
import java.util.List;

/**
 * Something nodes keep in a cache (sheet 04 §6.5). Flow ids and partitions are unsigned 32 bits,
 * flownode ids unsigned 64.
 */
public sealed interface CacheIdent {

  /** A table by its id. */
  record OfTableId(TableId table) implements CacheIdent {}

  /** A table by its name. */
  record OfTableName(String catalog, String schema, String table) implements CacheIdent {}

  /** A schema. */
  record OfSchemaName(String catalog, String schema) implements CacheIdent {}

  /** A flow by its id. */
  record OfFlowId(long flowId) implements CacheIdent {}

  /** A flow by its name. */
  record OfFlowName(String catalog, String flow) implements CacheIdent {}

  /** Everything that holds the address of a flownode. */
  record FlownodeAddress(long flownodeId) implements CacheIdent {}

  /** A flow that was made: what feeds it, and where its partitions run. */
  record CreateFlow(long flowId, List<TableId> sourceTables, List<PartitionPeer> partitions)
      implements CacheIdent {
    public CreateFlow {
      sourceTables = List.copyOf(sourceTables);
      partitions = List.copyOf(partitions);
    }
  }

  /** A flow that is gone. */
  record DropFlow(long flowId, List<TableId> sourceTables, List<PartitionNode> partitions)
      implements CacheIdent {
    public DropFlow {
      sourceTables = List.copyOf(sourceTables);
      partitions = List.copyOf(partitions);
    }
  }

  /** A user. */
  record OfUser(String catalog, String username) implements CacheIdent {}

  /** A partition of a flow and the node it runs on. */
  record PartitionPeer(long partition, Peer flownode) {}

  /** A partition of a flow and the id of the node it ran on. */
  record PartitionNode(long partition, long flownodeId) {}
}
