package io.metasrv.bootstrap.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** Reads a TOML file into a layer. */
final class TomlFile {

  private TomlFile() {}

  /**
   * Reads the file.
   *
   * @throws ConfigException if it cannot be read, or is no TOML (with line and column)
   */
  static Layer read(Path file) {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (NoSuchFileException e) {
      throw new ConfigException("config file " + file + " does not exist", e);
    } catch (IOException e) {
      throw new ConfigException("config file " + file + " cannot be read: " + e, e);
    }
  }

  /** Reads the text. */
  static Layer parse(String toml, String origin) {
    JsonNode root;
    try {
      root = new TomlMapper().readTree(toml);
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      throw new ConfigException(
          "%s, line %d, column %d: %s"
              .formatted(origin, at.getLineNr(), at.getColumnNr(), e.getOriginalMessage()),
          e);
    }
    Map<String, Layer.Entry> entries = new LinkedHashMap<>();
    flatten(root, "", origin, entries);
    return new Layer(entries);
  }

  private static void flatten(
      JsonNode table, String prefix, String origin, Map<String, Layer.Entry> entries) {
    table
        .propertyStream()
        .forEach(
            property -> {
              String path = prefix + property.getKey();
              JsonNode value = property.getValue();
              boolean isTable = value.isObject() && Catalogue.find(path).isEmpty();
              if (isTable && !value.isEmpty()) {
                flatten(value, path + ".", origin, entries);
              } else if (!isTable || !Catalogue.isTable(path)) {
                entries.put(path, new Layer.Entry(new Layer.Raw.Toml(value), origin));
              }
            });
  }
}
