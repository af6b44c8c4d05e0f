package io.metasrv.domain.route;

import io.metasrv.domain.Maps;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.UnknownMembers;
import java.util.SequencedMap;

/**
 * A part of a table.
 *
 * @param id its id
 * @param name empty in practice
 * @param attrs none in practice
 * @param partitionExpr JSON text of the rule that says which rows are in it; empty for all
 * @param unknown members kept for others
 */
public record Region(
    RegionId id,
    String name,
    SequencedMap<String, String> attrs,
    String partitionExpr,
    UnknownMembers unknown) {

  public Region {
    attrs = Maps.copyOf(attrs);
  }

  /** A new region. */
  public static Region of(RegionId id, String partitionExpr) {
    return new Region(id, "", Maps.empty(), partitionExpr, UnknownMembers.NONE);
  }

  /** With another rule. */
  public Region withPartitionExpr(String changed) {
    return new Region(id, name, attrs, changed, unknown);
  }
}
