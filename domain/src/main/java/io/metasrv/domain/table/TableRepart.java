package io.metasrv.domain.table;

import io.metasrv.domain.RegionId;
import io.metasrv.domain.UnknownMembers;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which regions took over files of which others (sheet 03 §3.6).
 *
 * @param destinations by source; an empty set has a meaning: the source was dropped but its files
 *     are still referred to
 * @param unknown members kept for others
 */
public record TableRepart(
    SortedMap<RegionId, SortedSet<RegionId>> destinations, UnknownMembers unknown) {

  public TableRepart {
    TreeMap<RegionId, SortedSet<RegionId>> copy = new TreeMap<>();
    destinations.forEach(
        (source, set) -> copy.put(source, Collections.unmodifiableSortedSet(new TreeSet<>(set))));
    destinations = Collections.unmodifiableSortedMap(copy);
  }

  /** Nothing was ever repartitioned. */
  public static TableRepart none() {
    return new TableRepart(new TreeMap<>(), UnknownMembers.NONE);
  }

  /** With destinations added to a source; an empty collection changes nothing. */
  public TableRepart adding(RegionId source, Collection<RegionId> added) {
    if (added.isEmpty()) {
      return this;
    }
    TreeMap<RegionId, SortedSet<RegionId>> changed = new TreeMap<>(destinations);
    TreeSet<RegionId> joined = new TreeSet<>(added);
    SortedSet<RegionId> known = destinations.get(source);
    if (known != null) {
      joined.addAll(known);
    }
    changed.put(source, joined);
    return new TableRepart(changed, unknown);
  }

  /** Without some destinations of a source; without the source if none is left. */
  public TableRepart removing(RegionId source, Collection<RegionId> removed) {
    SortedSet<RegionId> known = destinations.get(source);
    if (known == null) {
      return this;
    }
    TreeMap<RegionId, SortedSet<RegionId>> changed = new TreeMap<>(destinations);
    TreeSet<RegionId> rest = new TreeSet<>(known);
    rest.removeAll(new TreeSet<>(removed));
    if (rest.isEmpty()) {
      changed.remove(source);
    } else {
      changed.put(source, rest);
    }
    return new TableRepart(changed, unknown);
  }

  /** With exactly these destinations of a source, possibly none at all. */
  public TableRepart replacing(RegionId source, Collection<RegionId> all) {
    TreeMap<RegionId, SortedSet<RegionId>> changed = new TreeMap<>(destinations);
    changed.put(source, new TreeSet<>(all));
    return new TableRepart(changed, unknown);
  }
}
