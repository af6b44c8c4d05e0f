package io.metasrv.bootstrap.config;

import io.metasrv.application.options.ByteSize;
import io.metasrv.application.options.HumanDuration;
import io.metasrv.application.options.Secret;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * How values of one kind are read from TOML, from text (environment, command line) and printed as
 * TOML. Reading throws {@link IllegalArgumentException} with what was expected.
 *
 * @param expected for error messages: "a duration such as \"10s\""
 * @param fromToml reads a TOML value
 * @param fromText reads the text of a variable or flag
 * @param toToml prints; empty if the value is not to be printed at all
 * @param secret whether the printed value is hidden
 */
public record ValueType<T>(
    String expected,
    Function<JsonNode, T> fromToml,
    Function<String, T> fromText,
    Function<T, Optional<String>> toToml,
    boolean secret) {

  static final ValueType<String> TEXT =
      new ValueType<>("a text", ValueType::text, Function.identity(), v -> quoted(v), false);

  static final ValueType<Boolean> BOOL =
      new ValueType<>(
          "true or false",
          node -> require(node.isBoolean(), node).asBoolean(),
          ValueType::bool,
          v -> Optional.of(v.toString()),
          false);

  static final ValueType<Integer> COUNT =
      new ValueType<>(
          "a whole number from 0 to 2147483647",
          node -> count(require(node.isIntegralNumber(), node).asString()),
          ValueType::count,
          v -> Optional.of(v.toString()),
          false);

  /** An unsigned 64-bit number, kept in a long. */
  static final ValueType<Long> UNSIGNED =
      new ValueType<>(
          "a whole number that is not negative",
          node -> Long.parseUnsignedLong(require(node.isIntegralNumber(), node).asString()),
          text -> Long.parseUnsignedLong(text.strip()),
          v -> Optional.of(Long.toUnsignedString(v)),
          false);

  static final ValueType<Double> NUMBER =
      new ValueType<>(
          "a number",
          node -> require(node.isNumber(), node).asDouble(),
          text -> Double.parseDouble(text.strip()),
          v -> Optional.of(v.toString()),
          false);

  static final ValueType<Duration> DURATION =
      new ValueType<>(
          "a duration such as \"10s\"",
          node -> HumanDuration.parse(text(node)),
          HumanDuration::parse,
          v -> quoted(HumanDuration.format(v)),
          false);

  static final ValueType<ByteSize> SIZE =
      new ValueType<>(
          "a size such as \"512MB\" or a number of bytes",
          node ->
              ByteSize.parse(require(node.isIntegralNumber() || node.isString(), node).asString()),
          ByteSize::parse,
          v -> v.toString().endsWith("iB") ? quoted(v.toString()) : Optional.of(v.toString()),
          false);

  static final ValueType<Secret> SECRET =
      new ValueType<>(
          "a text", node -> new Secret(text(node)), Secret::new, v -> quoted(v.toString()), true);

  static final ValueType<List<String>> LIST =
      new ValueType<>(
          "a list of texts",
          ValueType::list,
          text -> List.of(text.split(",", -1)),
          values ->
              Optional.of(
                  values.stream().map(TomlText::quote).collect(Collectors.joining(", ", "[", "]"))),
          false);

  /** A table of texts that may be tokens: shown by name only. */
  static final ValueType<Map<String, String>> TABLE =
      new ValueType<>(
          "a table of texts",
          ValueType::table,
          text -> {
            throw new IllegalArgumentException("a table cannot be given as one text");
          },
          ValueType::tableText,
          false);

  /** A value that may be absent; empty text leaves it so. */
  static <T> ValueType<Optional<T>> optional(ValueType<T> type) {
    return new ValueType<>(
        type.expected,
        node -> isEmptyText(node) ? Optional.empty() : Optional.of(type.fromToml.apply(node)),
        text -> text.isEmpty() ? Optional.empty() : Optional.of(type.fromText.apply(text)),
        value -> value.flatMap(type.toToml),
        type.secret);
  }

  /** Words for the constants of an enum; the first word of a constant is the one printed. */
  static <E extends Enum<E>> ValueType<E> words(Map<E, List<String>> words) {
    Map<String, E> byWord = new LinkedHashMap<>();
    words.forEach((constant, spellings) -> spellings.forEach(word -> byWord.put(word, constant)));
    String expected =
        "one of " + String.join(", ", byWord.keySet().stream().filter(w -> !w.isEmpty()).toList());
    Function<String, E> read =
        text -> {
          E constant = byWord.get(text);
          if (constant == null) {
            throw new IllegalArgumentException("\"" + text + "\" is not " + expected);
          }
          return constant;
        };
    return new ValueType<>(
        expected,
        node -> read.apply(text(node)),
        read,
        v -> quoted(Objects.requireNonNull(words.get(v)).getFirst()),
        false);
  }

  /** An enum whose words are its constants' names in lower case. */
  static <E extends Enum<E>> ValueType<E> lowerCase(Class<E> type) {
    Map<E, List<String>> words = new LinkedHashMap<>();
    Arrays.stream(type.getEnumConstants())
        .forEach(
            constant -> words.put(constant, List.of(constant.name().toLowerCase(Locale.ROOT))));
    return words(words);
  }

  private static Optional<String> quoted(String text) {
    return Optional.of(TomlText.quote(text));
  }

  private static String text(JsonNode node) {
    return require(node.isString(), node).asString();
  }

  private static boolean isEmptyText(JsonNode node) {
    return node.isString() && node.asString().isEmpty();
  }

  private static JsonNode require(boolean fits, JsonNode node) {
    if (!fits) {
      throw new IllegalArgumentException("found " + node);
    }
    return node;
  }

  private static boolean bool(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("found \"" + text + "\"");
    };
  }

  private static int count(String text) {
    int value = Integer.parseInt(text.strip());
    if (value < 0) {
      throw new IllegalArgumentException("found " + value);
    }
    return value;
  }

  private static List<String> list(JsonNode node) {
    require(node.isArray(), node);
    return node.valueStream().map(ValueType::text).toList();
  }

  private static Map<String, String> table(JsonNode node) {
    require(node.isObject(), node);
    Map<String, String> table = new TreeMap<>();
    node.propertyStream().forEach(entry -> table.put(entry.getKey(), text(entry.getValue())));
    return table;
  }

  private static Optional<String> tableText(Map<String, String> table) {
    return table.isEmpty()
        ? Optional.empty()
        : Optional.of(
            table.entrySet().stream()
                .map(e -> TomlText.quote(e.getKey()) + " = \"******\"")
                .collect(Collectors.joining(", ", "{ ", " }")));
  }
}
