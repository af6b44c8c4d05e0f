package io.metasrv.bootstrap.ctl;

import io.metasrv.application.options.Backend;
import io.metasrv.application.options.DsnRedaction;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.options.StoreOptions;
import io.metasrv.bootstrap.config.ConfigException;
import io.metasrv.bootstrap.config.ConfigLoader;
import io.metasrv.bootstrap.config.ConfigSources;
import io.metasrv.bootstrap.config.Layer;
import io.metasrv.bootstrap.server.OpenStore;
import io.metasrv.bootstrap.server.StoreName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Where a store is, as {@code --from} and {@code --to} name it: a configuration file as {@code
 * start} reads it, or one line like {@code etcd://host:port,host:port/prefix}. Both become the same
 * options that {@code start} has, so that every backend it knows can be named.
 *
 * @param name for people, without passwords
 * @param options what a server would be started with
 */
record StoreLocation(String name, MetasrvOptions options) {

  static final String FORMS =
      "FILE.toml, etcd://HOST:PORT,…/PREFIX, zookeeper://HOST:PORT,…/PREFIX, embedded:DIR,"
          + " mysql://… or postgresql://…";

  /**
   * Understands one option.
   *
   * @param option its name, for errors
   * @throws ConfigException if it means no store
   */
  static StoreLocation of(String option, String text, Map<String, String> environment) {
    ConfigSources sources =
        text.startsWith("embedded:") || text.contains("://")
            ? ofLine(option, text)
            : ofFile(option, text, environment);
    MetasrvOptions options = ConfigLoader.load(sources).options();
    if (options.store().backend() == Backend.MEMORY_STORE) {
      throw new ConfigException(
          "%s: the memory store ends with its server; there is nothing to copy from or to"
              .formatted(option));
    }
    return new StoreLocation(StoreName.of(options), options);
  }

  /**
   * Opens the store.
   *
   * @param mustExist whether a directory that is not there is an error; a missing one would be made
   */
  OpenStore open(boolean mustExist) {
    StoreOptions store = options.store();
    if (mustExist && store.backend() == Backend.EMBEDDED_STORE) {
      Path directory = store.embedded().directory(options.dataHome());
      if (!Files.isDirectory(directory)) {
        throw new ConfigException(
            "There is no embedded store in %s; check the path".formatted(directory));
      }
    }
    return OpenStore.open(options);
  }

  private static ConfigSources ofFile(String option, String text, Map<String, String> environment) {
    Path file = Path.of(text);
    if (!Files.isRegularFile(file)) {
      throw new ConfigException(
          "%s: no file %s; expected %s".formatted(option, DsnRedaction.redact(text), FORMS));
    }
    return ConfigSources.none()
        .withEnvironment(environment, ConfigSources.DEFAULT_PREFIX)
        .withFile(file);
  }

  /** The environment has no word here: it would speak for both stores at once. */
  private static ConfigSources ofLine(String option, String text) {
    String scheme = text.substring(0, text.indexOf(':'));
    Map<String, Layer.Raw> said = new LinkedHashMap<>();
    switch (scheme) {
      case "embedded" -> {
        said.put("backend", new Layer.Raw.Text("embedded_store"));
        said.put("embedded.data_dir", new Layer.Raw.Text(directory(option, text)));
      }
      case "etcd" -> sayHosts(option, text, "etcd_store", said);
      case "zookeeper" -> sayHosts(option, text, "zookeeper_store", said);
      case "mysql" -> sayAddress(text, "mysql_store", said);
      case "postgres", "postgresql" -> sayAddress(text, "postgres_store", said);
      default ->
          throw new ConfigException(
              "%s: no store is named so; expected %s".formatted(option, FORMS));
    }
    Map<String, Layer.Entry> entries = new LinkedHashMap<>();
    said.forEach((path, raw) -> entries.put(path, new Layer.Entry(raw, option)));
    ConfigSources none = ConfigSources.none();
    return new ConfigSources(
        none.environment(),
        none.environmentPrefix(),
        none.file(),
        new Layer(entries),
        none.lenient(),
        none.processors());
  }

  private static String directory(String option, String text) {
    String rest = text.substring("embedded:".length());
    String path = rest.startsWith("//") ? rest.substring(2) : rest;
    if (path.isEmpty()) {
      throw new ConfigException(
          option + ": embedded: wants a directory, like embedded:/var/metasrv");
    }
    return path;
  }

  /** Hosts, and behind the first slash the key prefix as it is. */
  private static void sayHosts(
      String option, String text, String backend, Map<String, Layer.Raw> said) {
    String rest = text.substring(text.indexOf("://") + 3);
    int slash = rest.indexOf('/');
    String hosts = slash < 0 ? rest : rest.substring(0, slash);
    if (hosts.isEmpty() || hosts.contains("@")) {
      throw new ConfigException(
          "%s: expected HOST:PORT,… behind ://; a login belongs into a configuration file, which can be named instead"
              .formatted(option));
    }
    said.put("backend", new Layer.Raw.Text(backend));
    said.put("store_addrs", list(hosts.split(",", -1)));
    if (slash >= 0 && slash + 1 < rest.length()) {
      said.put("store_key_prefix", new Layer.Raw.Text(rest.substring(slash + 1)));
    }
  }

  /** The whole line is the address, commas and all. */
  private static void sayAddress(String text, String backend, Map<String, Layer.Raw> said) {
    said.put("backend", new Layer.Raw.Text(backend));
    said.put("store_addrs", list(text));
  }

  private static Layer.Raw list(String... texts) {
    ArrayNode node = JsonNodeFactory.instance.arrayNode();
    for (String text : texts) {
      node.add(text);
    }
    return new Layer.Raw.Toml(node);
  }
}
