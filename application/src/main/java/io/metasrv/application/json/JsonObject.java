package io.metasrv.application.json;

import io.metasrv.domain.error.ServiceException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A JSON object that was read. Immutable.
 *
 * @param members in the order of the text; of several with one name the last
 */
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {

  public JsonObject {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** The member with this name; it has to be there. */
  public JsonValue get(String name) {
    JsonValue member = members.get(name);
    if (member == null) {
      throw ServiceException.unexpected("Failed to deserialize JSON: missing field `" + name + "`");
    }
    return member;
  }

  /** The member with this name, if it is there and not {@code null}. */
  public Optional<JsonValue> find(String name) {
    return Optional.ofNullable(members.get(name)).filter(member -> !member.isNothing());
  }

  /** The first of the names that is there; one has to be. */
  public JsonValue getEither(String name, String alias) {
    JsonValue member = members.get(name);
    return member != null ? member : get(members.containsKey(alias) ? alias : name);
  }

  /** An unsigned 64-bit member that may be missing or {@code null}. */
  public OptionalLong findUnsigned(String name) {
    Optional<JsonValue> member = find(name);
    return member.isPresent() ? OptionalLong.of(member.get().unsigned()) : OptionalLong.empty();
  }

  /** An unsigned 64-bit member that may be missing. */
  public long unsignedOr(String name, long absent) {
    JsonValue member = members.get(name);
    return member == null ? absent : member.unsigned();
  }

  /** A signed 64-bit member that may be missing. */
  public long signedOr(String name, long absent) {
    JsonValue member = members.get(name);
    return member == null ? absent : member.signed();
  }

  /** A string member that may be missing. */
  public String textOr(String name, String absent) {
    JsonValue member = members.get(name);
    return member == null ? absent : member.text();
  }

  /** A truth value that may be missing. */
  public boolean boolOr(String name, boolean absent) {
    JsonValue member = members.get(name);
    return member == null ? absent : member.bool();
  }

  /** The only member, as in an externally tagged enum. */
  public Map.Entry<String, JsonValue> only() {
    if (members.size() != 1) {
      throw ServiceException.unexpected(
          "Failed to deserialize JSON: expected an object with exactly one member, found "
              + members.keySet());
    }
    return members.entrySet().iterator().next();
  }
}
