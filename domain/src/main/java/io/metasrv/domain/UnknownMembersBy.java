package io.metasrv.domain;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Unknown members of small parts of a value, by what identifies the part: peers by node id, for
 * example. A part's members live as long as the part does.
 *
 * @param parts only parts that have unknown members
 * @param <K> the identity of a part
 */
public record UnknownMembersBy<K>(SequencedMap<K, UnknownMembers> parts) {

  public UnknownMembersBy {
    LinkedHashMap<K, UnknownMembers> kept = new LinkedHashMap<>(parts);
    kept.values().removeIf(UnknownMembers::isEmpty);
    parts = Maps.copyOf(kept);
  }

  /** No part has any. */
  public static <K> UnknownMembersBy<K> none() {
    return new UnknownMembersBy<>(new LinkedHashMap<>());
  }

  /** The unknown members of the part. */
  public UnknownMembers of(K part) {
    return parts.getOrDefault(part, UnknownMembers.NONE);
  }
}
