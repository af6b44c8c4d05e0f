package io.metasrv.domain;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Members of a stored JSON object that this version does not know: a newer version or another
 * program wrote them. They are carried along and written back, so that a rewrite loses nothing.
 *
 * @param json by name, in the order read; each value is compact JSON text
 */
public record UnknownMembers(SequencedMap<String, String> json) {

  /** Nothing unknown. */
  public static final UnknownMembers NONE = new UnknownMembers(new LinkedHashMap<>());

  public UnknownMembers {
    json = Maps.copyOf(json);
  }

  /** These and those of the other; of a name in both the other's. */
  public UnknownMembers and(UnknownMembers other) {
    if (other.isEmpty()) {
      return this;
    }
    LinkedHashMap<String, String> joined = new LinkedHashMap<>(json);
    joined.putAll(other.json);
    return new UnknownMembers(joined);
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return json.isEmpty();
  }
}
