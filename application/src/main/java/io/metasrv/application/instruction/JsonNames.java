package io.metasrv.application.instruction;

import io.metasrv.application.json.JsonFormatException;

/** Names of enum constants in JSON: {@code TRY_ALL} is written {@code TryAll}. */
final class JsonNames {

  private JsonNames() {}

  static String of(Enum<?> constant) {
    StringBuilder name = new StringBuilder();
    for (String word : constant.name().split("_", -1)) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
    }
    return name.toString();
  }

  static <E extends Enum<E>> E parse(Class<E> type, String name) {
    for (E constant : type.getEnumConstants()) {
      if (of(constant).equals(name)) {
        return constant;
      }
    }
    throw unknown(type.getSimpleName(), name);
  }

  static JsonFormatException unknown(String of, String name) {
    return new JsonFormatException("unknown variant `" + name + "` of " + of);
  }
}
