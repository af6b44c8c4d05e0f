package io.metasrv.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.options.Backend;
import io.metasrv.application.options.ByteSize;
import io.metasrv.application.options.GrpcOptions;
import io.metasrv.application.options.HttpOptions;
import io.metasrv.application.options.LoggingOptions;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.options.Secret;
import io.metasrv.application.options.SelectorType;
import io.metasrv.application.options.TlsMode;
import io.metasrv.application.options.WalOptions;
import io.metasrv.application.options.ZooKeeperOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {

  /** Another value for settings whose kind does not tell one. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "stats_persistence.interval", "\"1h\"",
          "wal.sasl.type", "\"PLAIN\"",
          "grpc.tls.mode", "\"prefer\"",
          "http.tls.mode", "\"prefer\"",
          "logging.tracing_sample_ratio.rules",
              "[{protocol = \"p\", request_types = [], ratio = 0.5}]",
          "plugins", "[1]",
          "grpc.max_connection_age", "\"7777s\"",
          "logging.otlp_export_protocol", "\"grpc\"",
          "logging.tracing_sample_ratio.default_ratio", "0.5");

  /** Cannot be said on their own, or can have one value only; tested by name elsewhere. */
  private static final List<String> NOT_ALONE =
      List.of(
          "wal.selector_type",
          "wal.sasl.username",
          "wal.sasl.password",
          "enable_region_failover",
          "gc.enable");

  static List<Setting<?>> settings() {
    return Catalogue.all().stream().filter(s -> !NOT_ALONE.contains(s.path())).toList();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void eachKeyReachesItsOwnPlaceInTheOptionsAndNoOther(Setting<?> setting) {
    String other =
        OTHERS.getOrDefault(setting.path(), other(setting.get().apply(MetasrvOptions.defaults())));
    Layer layer = TomlFile.parse(setting.path() + " = " + other, "test");
    ConfigSources sources = ConfigSources.none();
    ConfigSources with =
        new ConfigSources(Map.of(), "X", Optional.empty(), layer, false, sources.processors());
    MetasrvOptions changed = ConfigLoader.load(with).options();
    MetasrvOptions plain =
        layer.mentionsStore() ? MetasrvOptions.defaults() : ConfigLoader.load(sources).options();
    for (Setting<?> each : Catalogue.all()) {
      Object before = each.get().apply(plain);
      Object after = each.get().apply(changed);
      if (each.path().equals(setting.path())) {
        assertThat(after).as(each.path()).isNotEqualTo(before);
      } else if (!companions(setting.path()).contains(each.path())) {
        assertThat(after).as(each.path()).isEqualTo(before);
      }
    }
  }

  /** What a key brings with it, because both live in one optional record. */
  private static List<String> companions(String path) {
    return switch (path) {
      case "wal.sasl.type" -> List.of("wal.sasl.username", "wal.sasl.password");
      case "logging.tracing_sample_ratio.rules" ->
          List.of("logging.tracing_sample_ratio.default_ratio");
      default -> List.of();
    };
  }

  private static String other(Object value) {
    return switch (value) {
      case Boolean b -> String.valueOf(!b);
      case Integer i -> String.valueOf(i + 1);
      case Long l -> String.valueOf(l + 1);
      case Double d -> String.valueOf(d + 0.5);
      case Duration d -> "\"7777s\"";
      case ByteSize s -> "7777777";
      case Backend b -> "\"memory_store\"";
      case SelectorType s -> "\"LoadBased\"";
      case TlsMode m -> "\"require\"";
      case ZooKeeperOptions.Auth a -> "\"digest\"";
      case ZooKeeperOptions.Acl a -> "\"creator\"";
      case WalOptions.Provider p -> "\"kafka\"";
      case LoggingOptions.Format f -> "\"json\"";
      case GrpcOptions.FlightCompression f -> "\"none\"";
      case HttpOptions.PromValidationMode p -> "\"lossy\"";
      case Secret s -> "\"s\"";
      case List<?> list -> "[\"other\"]";
      case Map<?, ?> map -> "{ a = \"b\" }";
      default -> "\"other\"";
    };
  }

  @Test
  void theExampleFileAsItStandsChangesNothing() {
    Layer example = TomlFile.parse(TomlDocument.example(), "example");
    ConfigSources with = new ConfigSources(Map.of(), "X", Optional.empty(), example, false, 1);
    EffectiveConfig config = ConfigLoader.load(with);
    assertThat(config.options()).isEqualTo(ConfigLoader.load(ConfigSources.none()).options());
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void theExampleFileNamesEveryKeyOnce() {
    String example = TomlDocument.example();
    for (Setting<?> setting : Catalogue.all()) {
      assertThat(example).containsPattern("(?m)^(# )?" + setting.name() + " =");
    }
    assertThat(example.lines().filter(line -> line.matches("(# )?[a-z0-9_]+ = ?.*")))
        .hasSize(Catalogue.all().size());
  }

  @Test
  void whatConfigShowsIsTomlThatLoadsToTheSameOptions() {
    MetasrvOptions options = ConfigLoader.load(ConfigSources.none()).options();
    Layer shown = TomlFile.parse(TomlDocument.effective(options), "shown");
    assertThat(
            ConfigLoader.load(new ConfigSources(Map.of(), "X", Optional.empty(), shown, false, 1))
                .options())
        .isEqualTo(options);
    assertThat(TomlDocument.effective(options))
        .doesNotContain("[runtime]")
        .doesNotContain("plugins");
  }
}
