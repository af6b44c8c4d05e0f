package io.metasrv.bootstrap.cli;

import io.metasrv.bootstrap.config.ConfigSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * The flags of {@code greptime metasrv start} (sheet 02 §18.3), its hidden aliases included, and
 * two of our own. Each overrides its key.
 */
final class ConfigFlags {

  @Option(
      names = {"-c", "--config-file"},
      paramLabel = "FILE",
      description = "Configuration file (TOML).")
  private @Nullable Path configFile;

  @Option(
      names = "--env-prefix",
      paramLabel = "PREFIX",
      defaultValue = ConfigSources.DEFAULT_PREFIX,
      description = "Prefix of environment variables; default ${DEFAULT-VALUE}.")
  private String envPrefix = ConfigSources.DEFAULT_PREFIX;

  @Option(names = "--lenient-config", description = "Only warn of keys that nobody knows.")
  private boolean lenient;

  @Option(
      names = "--grpc-bind-addr",
      paramLabel = "ADDR",
      description = "Address the gRPC server listens on.")
  private @Nullable String grpcBindAddr;

  @Option(
      names = {"--rpc-bind-addr", "--bind-addr"},
      hidden = true)
  private @Nullable String oldBindAddr;

  @Option(
      names = "--grpc-server-addr",
      paramLabel = "ADDR",
      description = "Address nodes and clients use.")
  private @Nullable String grpcServerAddr;

  @Option(
      names = {"--rpc-server-addr", "--server-addr"},
      hidden = true)
  private @Nullable String oldServerAddr;

  @Option(
      names = "--store-addrs",
      paramLabel = "ADDR",
      split = ",",
      arity = "1..*",
      description = "Addresses of the metadata store.")
  private List<String> storeAddrs = new ArrayList<>();

  @Option(names = "--store-addr", split = ",", arity = "1..*", hidden = true)
  private List<String> oldStoreAddr = new ArrayList<>();

  @Option(
      names = {"-s", "--selector"},
      paramLabel = "SELECTOR",
      description = "round_robin, lease_based or load_based.")
  private @Nullable String selector;

  @Option(
      names = "--enable-region-failover",
      paramLabel = "BOOL",
      arity = "1",
      converter = StrictBoolean.class,
      description = "Move regions away from dead datanodes: true or false.")
  private @Nullable Boolean enableRegionFailover;

  @Option(
      names = "--http-addr",
      paramLabel = "ADDR",
      description = "Address the HTTP server listens on.")
  private @Nullable String httpAddr;

  @Option(
      names = "--http-timeout",
      paramLabel = "SECONDS",
      converter = Seconds.class,
      description = "Most time an HTTP request may take.")
  private @Nullable Long httpTimeout;

  @Option(
      names = "--data-home",
      paramLabel = "DIR",
      description = "Directory of logs and of the embedded store.")
  private @Nullable String dataHome;

  @Option(
      names = "--store-key-prefix",
      paramLabel = "PREFIX",
      description = "Put before every key in the store.")
  private @Nullable String storeKeyPrefix;

  @Option(
      names = "--max-txn-ops",
      paramLabel = "N",
      converter = Count.class,
      description = "Most operations of one transaction.")
  private @Nullable Integer maxTxnOps;

  @Option(
      names = "--backend",
      paramLabel = "BACKEND",
      converter = Kebab.class,
      description =
          "etcd-store, memory-store, postgres-store, mysql-store, embedded-store or"
              + " zookeeper-store.")
  private @Nullable String backend;

  /** Where the configuration comes from. */
  ConfigSources sources(Map<String, String> environment, int processors) {
    ConfigSources sources =
        ConfigSources.none()
            .withEnvironment(environment, envPrefix)
            .withLenient(lenient)
            .withProcessors(processors);
    if (configFile != null) {
      sources = sources.withFile(configFile);
    }
    sources = flag(sources, "--grpc-bind-addr", "grpc.bind_addr", first(grpcBindAddr, oldBindAddr));
    sources =
        flag(
            sources,
            "--grpc-server-addr",
            "grpc.server_addr",
            first(grpcServerAddr, oldServerAddr));
    List<String> stores = new ArrayList<>(storeAddrs);
    stores.addAll(oldStoreAddr);
    Optional<String> joined =
        stores.isEmpty() ? Optional.empty() : Optional.of(String.join(",", stores));
    sources = flag(sources, "--store-addrs", "store_addrs", joined);
    sources = flag(sources, "--selector", "selector", Optional.ofNullable(selector));
    sources =
        flag(
            sources,
            "--enable-region-failover",
            "enable_region_failover",
            Optional.ofNullable(enableRegionFailover).map(Object::toString));
    sources = flag(sources, "--http-addr", "http.addr", Optional.ofNullable(httpAddr));
    sources =
        flag(
            sources,
            "--http-timeout",
            "http.timeout",
            Optional.ofNullable(httpTimeout).map(s -> s + "s"));
    sources = flag(sources, "--data-home", "data_home", Optional.ofNullable(dataHome));
    // An empty prefix on the command line never overrides (sheet 02 §18.3).
    sources =
        flag(
            sources,
            "--store-key-prefix",
            "store_key_prefix",
            Optional.ofNullable(storeKeyPrefix).filter(prefix -> !prefix.isEmpty()));
    sources =
        flag(
            sources,
            "--max-txn-ops",
            "max_txn_ops",
            Optional.ofNullable(maxTxnOps).map(Object::toString));
    return flag(sources, "--backend", "backend", Optional.ofNullable(backend));
  }

  private static ConfigSources flag(
      ConfigSources sources, String flag, String path, Optional<String> value) {
    return value.map(text -> sources.withFlag(flag, path, text)).orElse(sources);
  }

  private static Optional<String> first(@Nullable String current, @Nullable String old) {
    return Optional.ofNullable(current).or(() -> Optional.ofNullable(old));
  }

  /** Kebab case on the command line, snake case in files; never the other way round. */
  static final class Kebab implements ITypeConverter<String> {
    private static final List<String> KNOWN =
        List.of(
            "etcd-store",
            "memory-store",
            "postgres-store",
            "mysql-store",
            "embedded-store",
            "zookeeper-store");

    @Override
    public String convert(String value) {
      if (!KNOWN.contains(value)) {
        throw new TypeConversionException(
            "\"" + value + "\" is not one of " + String.join(", ", KNOWN));
      }
      return value.replace('-', '_');
    }
  }

  /** {@code true} or {@code false} and nothing else. */
  static final class StrictBoolean implements ITypeConverter<Boolean> {
    @Override
    public Boolean convert(String value) {
      return switch (value) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new TypeConversionException("\"" + value + "\" is neither true nor false");
      };
    }
  }

  /** Whole seconds. */
  static final class Seconds implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      return number(value, Long.MAX_VALUE / 1_000_000_000L, "a whole number of seconds");
    }
  }

  /** A whole number. */
  static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return (int) number(value, Integer.MAX_VALUE, "a whole number");
    }
  }

  private static long number(String value, long most, String expected) {
    try {
      long number = Long.parseLong(value);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new TypeConversionException("\"" + value + "\" is not " + expected);
    }
    throw new TypeConversionException("\"" + value + "\" is not " + expected);
  }
}
