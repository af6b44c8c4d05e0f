package io.metasrv.nodes.instruction;

import io.metasrv.domain.Peer;
import io.metasrv.domain.TableId;
import java.util.List;
import java.util.Map;

/** What a cached entry is about (sheet 04 §6.5). Partition numbers are unsigned 32-bit. */
public sealed interface CacheIdent {

  record OfTableId(TableId table) implements CacheIdent {}

  record OfTableName(String catalog, String schema, String table) implements CacheIdent {}

  record OfSchemaName(String catalog, String schema) implements CacheIdent {}

  record OfFlowId(long flowId) implements CacheIdent {}

  record OfFlowName(String catalog, String flow) implements CacheIdent {}

  record FlownodeAddressChange(long flownodeId) implements CacheIdent {}

  record CreateFlow(long flowId, List<TableId> sourceTables, Map<Long, Peer> partitionToPeer)
      implements CacheIdent {}

  record DropFlow(long flowId, List<TableId> sourceTables, Map<Long, Long> partitionToFlownode)
      implements CacheIdent {}

  record OfUser(String catalog, String user) implements CacheIdent {}
}
