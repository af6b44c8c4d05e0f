package io.metasrv.application.ddl.alter;

import io.metasrv.application.metadata.Stored;
import io.metasrv.application.metadata.TableMetadata;
import io.metasrv.domain.TableId;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableInfoValue;
import java.util.List;
import java.util.SequencedMap;

/**
 * Infos as they are stored now, to see whether a run before a crash wrote a change already: it
 * computed the same info but for the moment (sheet 06 §23).
 */
public final class AppliedInfos {

  private final SequencedMap<TableId, Stored<TableInfoValue>> stored;

  private AppliedInfos(SequencedMap<TableId, Stored<TableInfoValue>> stored) {
    this.stored = stored;
  }

  /** Reads the infos of the tables. */
  public static AppliedInfos read(TableMetadata metadata, List<TableId> tables) {
    return new AppliedInfos(metadata.infos().batchGet(tables));
  }

  /**
   * Whether the change is stored, whatever the time of its update.
   *
   * @param before what the change started from
   * @param after as it shall be
   */
  public boolean holds(Stored<TableInfoValue> before, TableInfo after) {
    Stored<TableInfoValue> now = stored.get(after.tableId());
    return now != null
        && !now.raw().equals(before.raw())
        && now.value().version() == before.value().version() + 1
        && sameMoment(now.value().info(), after).equals(after);
  }

  private static TableInfo sameMoment(TableInfo info, TableInfo as) {
    return info.withMeta(info.meta().withUpdatedOn(as.meta().updatedOn()));
  }
}
