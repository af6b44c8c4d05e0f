package io.metasrv.nodes.json;

import io.metasrv.domain.RegionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object, read by name and type. Members nobody asks for are ignored, as
 * serde does by default. Each error names the place from the root on.
 */
public final class Fields {

  private final String place;
  private final Map<String, JsonValue> members;

  private Fields(String place, Map<String, JsonValue> members) {
    this.place = place;
    this.members = members;
  }

  /**
   * The members of an object.
   *
   * @param place where the value stands, for errors
   * @throws JsonFormatException if it is not an object
   */
  public static Fields of(String place, JsonValue value) {
    if (value instanceof JsonValue.Members object) {
      return new Fields(place, object.byName());
    }
    throw new JsonFormatException(place + ": expected an object");
  }

  /** Whether the member is there and not {@code null}. */
  public boolean has(String name) {
    JsonValue value = members.get(name);
    return value != null && !(value instanceof JsonValue.Null);
  }

  /** The value of a required member. */
  public JsonValue value(String name) {
    @Nullable JsonValue value = members.get(name);
    if (value == null) {
      throw new JsonFormatException(at(name) + ": missing");
    }
    return value;
  }

  public String text(String name) {
    return text(at(name), value(name));
  }

  public Optional<String> optionalText(String name) {
    return has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  public boolean bool(String name) {
    if (value(name) instanceof JsonValue.Bool bool) {
      return bool.value();
    }
    throw new JsonFormatException(at(name) + ": expected true or false");
  }

  /** The flag, or the default where the member is missing. */
  public boolean boolOr(String name, boolean missing) {
    return members.containsKey(name) ? bool(name) : missing;
  }

  /** An unsigned 64-bit number. */
  public long u64(String name) {
    return u64(at(name), value(name));
  }

  public OptionalLong optionalU64(String name) {
    return has(name) ? OptionalLong.of(u64(name)) : OptionalLong.empty();
  }

  /** An unsigned 32-bit number. */
  public long u32(String name) {
    return u32(at(name), value(name));
  }

  /** A region id: a number, or a decimal string (sheet 04 §1.1). */
  public RegionId region(String name) {
    return region(at(name), value(name));
  }

  public List<RegionId> regions(String name) {
    return list(name, item -> region(at(name), item));
  }

  /** The items of an array. */
  public <T> List<T> list(String name, Function<JsonValue, T> item) {
    return list(at(name), value(name), item);
  }

  /** An object from region id to something. */
  public <T> Map<RegionId, T> byRegion(String name, Function<JsonValue, T> item) {
    Map<RegionId, T> result = new TreeMap<>();
    entries(name)
        .forEach(
            (key, value) ->
                result.put(region(at(name), new JsonValue.Text(key)), item.apply(value)));
    return result;
  }

  /** An object from text to text. */
  public Map<String, String> texts(String name) {
    Map<String, String> result = new TreeMap<>();
    entries(name).forEach((key, value) -> result.put(key, text(at(name) + "." + key, value)));
    return result;
  }

  /** The members of a member that is an object. */
  public Map<String, JsonValue> entries(String name) {
    return of(at(name), value(name)).members;
  }

  /** A member that is an object. */
  public Fields fields(String name) {
    return of(at(name), value(name));
  }

  /** The place of a member, for errors. */
  public String at(String name) {
    return place + "." + name;
  }

  public static String text(String place, JsonValue value) {
    if (value instanceof JsonValue.Text text) {
      return text.value();
    }
    throw new JsonFormatException(place + ": expected a string");
  }

  public static long u64(String place, JsonValue value) {
    if (value instanceof JsonValue.Number number) {
      return unsigned(place, number.literal());
    }
    throw new JsonFormatException(place + ": expected an unsigned 64-bit number");
  }

  public static long u32(String place, JsonValue value) {
    long number = u64(place, value);
    if (number < 0 || number > 0xffff_ffffL) {
      throw new JsonFormatException(place + ": expected an unsigned 32-bit number");
    }
    return number;
  }

  public static RegionId region(String place, JsonValue value) {
    if (value instanceof JsonValue.Text text) {
      return new RegionId(unsigned(place, text.value()));
    }
    return new RegionId(u64(place, value));
  }

  public static <T> List<T> list(String place, JsonValue value, Function<JsonValue, T> item) {
    if (!(value instanceof JsonValue.Array array)) {
      throw new JsonFormatException(place + ": expected an array");
    }
    List<T> result = new ArrayList<>(array.items().size());
    for (JsonValue each : array.items()) {
      result.add(item.apply(each));
    }
    return List.copyOf(result);
  }

  private static long unsigned(String place, String digits) {
    try {
      return Long.parseUnsignedLong(digits);
    } catch (NumberFormatException broken) {
      throw new JsonFormatException(
          place + ": expected an unsigned 64-bit number, found " + digits, broken);
    }
  }
}
