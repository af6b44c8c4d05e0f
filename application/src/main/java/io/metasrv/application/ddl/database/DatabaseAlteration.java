package io.metasrv.application.ddl.database;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.table.SchemaOptions;
import io.metasrv.domain.table.TimeToLive;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What ALTER DATABASE does to the options of a database (sheet 06 §14). */
public sealed interface DatabaseAlteration {

  /** Sets options, in order. */
  record Set(List<Setting> settings) implements DatabaseAlteration {
    public Set {
      settings = List.copyOf(settings);
    }
  }

  /** Removes options. */
  record Unset(List<Option> options) implements DatabaseAlteration {
    public Unset {
      options = List.copyOf(options);
    }
  }

  /** An option and its value. */
  sealed interface Setting {

    /** How long rows are kept; never {@link TimeToLive.Instant}. */
    record Ttl(TimeToLive value) implements Setting {}

    /** Any other, key in lower case. */
    record Other(String key, String value) implements Setting {}
  }

  /** An option. */
  sealed interface Option {

    /** How long rows are kept. */
    record Ttl() implements Option {}

    /** Any other, key in lower case. */
    record Other(String key) implements Option {}
  }

  /** The options changed. */
  default SchemaOptions apply(SchemaOptions options) {
    SchemaOptions changed = options;
    switch (this) {
      case Set(List<Setting> settings) -> {
        for (Setting setting : settings) {
          changed = applied(changed, setting);
        }
      }
      case Unset(List<Option> unset) -> {
        for (Option option : unset) {
          changed = without(changed, option);
        }
      }
    }
    return changed;
  }

  private static SchemaOptions applied(SchemaOptions options, Setting setting) {
    return switch (setting) {
      case Setting.Ttl(TimeToLive value) -> options.withTtl(Optional.of(value));
      case Setting.Other(String key, String value) -> {
        LinkedHashMap<String, String> extra = new LinkedHashMap<>(options.extraOptions());
        extra.put(key, value);
        yield options.withExtraOptions(extra);
      }
    };
  }

  private static SchemaOptions without(SchemaOptions options, Option option) {
    return switch (option) {
      case Option.Ttl ignored -> options.withTtl(Optional.empty());
      case Option.Other(String key) -> {
        LinkedHashMap<String, String> extra = new LinkedHashMap<>(options.extraOptions());
        extra.remove(key);
        yield options.withExtraOptions(extra);
      }
    };
  }

  /** Writes the form inside a procedure's state. */
  default void write(JsonWriter out) {
    out.beginObject();
    switch (this) {
      case Set(List<Setting> settings) ->
          out.name("SetDatabaseOptions").array(settings, DatabaseAlteration::writeSetting);
      case Unset(List<Option> options) ->
          out.name("UnsetDatabaseOptions").array(options, DatabaseAlteration::writeOption);
    }
    out.endObject();
  }

  private static void writeSetting(JsonWriter out, Setting setting) {
    out.beginObject();
    switch (setting) {
      case Setting.Ttl(TimeToLive value) -> out.member("Ttl", value.text());
      case Setting.Other(String key, String value) ->
          out.name("Other").array(() -> out.value(key).value(value));
    }
    out.endObject();
  }

  private static void writeOption(JsonWriter out, Option option) {
    switch (option) {
      case Option.Ttl ignored -> out.value("Ttl");
      case Option.Other(String key) -> out.beginObject().member("Other", key).endObject();
    }
  }

  /**
   * Reads the form inside a procedure's state.
   *
   * @throws JsonFormatException if it is none
   */
  static DatabaseAlteration read(JsonValue json) {
    Map.Entry<String, JsonValue> tagged = json.asObject().only();
    return switch (tagged.getKey()) {
      case "SetDatabaseOptions" -> new Set(all(tagged, DatabaseAlteration::readSetting));
      case "UnsetDatabaseOptions" -> new Unset(all(tagged, DatabaseAlteration::readOption));
      default -> throw new JsonFormatException("unknown variant `" + tagged.getKey() + "`");
    };
  }

  private static <T> List<T> all(
      Map.Entry<String, JsonValue> tagged, Function<JsonValue, T> element) {
    return tagged.getValue().asArray().stream().map(element).toList();
  }

  private static Setting readSetting(JsonValue json) {
    Map.Entry<String, JsonValue> tagged = json.asObject().only();
    return switch (tagged.getKey()) {
      case "Ttl" -> new Setting.Ttl(readTtl(tagged.getValue().asText()));
      case "Other" -> {
        List<JsonValue> pair = tagged.getValue().asArray();
        if (pair.size() != 2) {
          throw new JsonFormatException("expected a key and a value, found " + pair);
        }
        yield new Setting.Other(pair.get(0).asText(), pair.get(1).asText());
      }
      default -> throw new JsonFormatException("unknown variant `" + tagged.getKey() + "`");
    };
  }

  private static TimeToLive readTtl(String text) {
    try {
      TimeToLive ttl = TimeToLive.ofStored(text);
      if (ttl instanceof TimeToLive.Instant) {
        throw new JsonFormatException("the ttl of a schema cannot be `instant`");
      }
      return ttl;
    } catch (IllegalArgumentException e) {
      throw new JsonFormatException("expected a ttl, found `" + text + "`", e);
    }
  }

  private static Option readOption(JsonValue json) {
    if (json instanceof JsonValue.Text(String text) && text.equals("Ttl")) {
      return new Option.Ttl();
    }
    Map.Entry<String, JsonValue> tagged = json.asObject().only();
    if (!tagged.getKey().equals("Other")) {
      throw new JsonFormatException("unknown variant `" + tagged.getKey() + "`");
    }
    return new Option.Other(tagged.getValue().asText());
  }
}
