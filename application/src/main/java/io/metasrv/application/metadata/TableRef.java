package io.metasrv.application.metadata;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.key.TableInfoKey;
import io.metasrv.domain.key.TableNameKey;
import io.metasrv.domain.key.TableRepartKey;
import io.metasrv.domain.key.TableRouteKey;
import io.metasrv.domain.key.TopicRegionKey;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.TableName;
import java.util.ArrayList;
import java.util.List;

/**
 * What must be known of a table to find all its keys.
 *
 * @param table its id
 * @param name its name
 * @param route its route
 * @param walOptions WAL options of its regions; none for a logical table
 */
public record TableRef(
    TableId table, TableName name, TableRoute route, RegionWalOptions walOptions) {

  /** All its keys, whether they are there or not; what makes it visible comes first. */
  public List<Bytes> keys() {
    List<Bytes> keys = new ArrayList<>();
    keys.add(TableNameKey.of(name).toBytes());
    keys.add(new TableInfoKey(table).toBytes());
    keys.add(new TableRouteKey(table).toBytes());
    keys.add(new TableRepartKey(table).toBytes());
    if (route instanceof TableRoute.Physical physical) {
      physical
          .distribution()
          .byNode()
          .keySet()
          .forEach(node -> keys.add(DatanodeTableManager.key(node, table)));
    }
    walOptions
        .topics(table)
        .forEach((region, topic) -> keys.add(new TopicRegionKey(topic, region).toBytes()));
    return List.copyOf(keys);
  }
}
