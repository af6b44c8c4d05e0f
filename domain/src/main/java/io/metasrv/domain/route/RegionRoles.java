package io.metasrv.domain.route;

import java.util.Collection;
import java.util.List;

/**
 * Regions of a table that one datanode holds, by number (unsigned 32 bits), ascending.
 *
 * @param leaders those it leads
 * @param followers those it follows
 */
public record RegionRoles(List<Long> leaders, List<Long> followers) {

  public RegionRoles {
    leaders = leaders.stream().sorted().toList();
    followers = followers.stream().sorted().toList();
  }

  /** Only leaders. */
  public static RegionRoles leaders(Collection<Long> numbers) {
    return new RegionRoles(List.copyOf(numbers), List.of());
  }
}
