package io.metasrv.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.options.Backend;
import io.metasrv.application.options.LoggingOptions;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.options.SelectorType;
import io.metasrv.application.options.TlsMode;
import io.metasrv.application.options.WalOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {

  @TempDir Path directory;

  private final ConfigSources none = ConfigSources.none();

  @Test
  @DisplayName("sheet 02 case 34, sheet 09 case 23: flags beat the file, the file the environment")
  void laterLayersWin() {
    ConfigSources environment = none.withEnvironment(Map.of("X__HTTP__ADDR", "a"), "X");
    ConfigSources file = environment.withFile(toml("http.addr = \"b\""));
    ConfigSources flag = file.withFlag("--http-addr", "http.addr", "c");
    assertThat(ConfigLoader.load(none).options().http().addr()).isEqualTo("127.0.0.1:4000");
    assertThat(ConfigLoader.load(environment).options().http().addr()).isEqualTo("a");
    assertThat(ConfigLoader.load(file).options().http().addr()).isEqualTo("b");
    assertThat(ConfigLoader.load(flag).options().http().addr()).isEqualTo("c");
  }

  @Test
  @DisplayName("sheet 02 case 34: the same for the deprecated bind_addr and server_addr")
  void deprecatedRootKeysFollowTheSameOrder() {
    ConfigSources environment =
        none.withEnvironment(Map.of("X__SERVER_ADDR", "env", "X__BIND_ADDR", "env"), "X");
    ConfigSources file = environment.withFile(toml("server_addr = \"file\"\nbind_addr = \"file\""));
    ConfigSources flags =
        file.withFlag("--grpc-server-addr", "grpc.server_addr", "flag")
            .withFlag("--grpc-bind-addr", "grpc.bind_addr", "flag");
    assertThat(ConfigLoader.load(environment).options().grpc().serverAddr()).isEqualTo("env");
    assertThat(ConfigLoader.load(file).options().grpc().serverAddr()).isEqualTo("file");
    assertThat(ConfigLoader.load(file).options().grpc().bindAddr()).isEqualTo("file");
    assertThat(ConfigLoader.load(flags).options().grpc().serverAddr()).isEqualTo("flag");
    assertThat(ConfigLoader.load(flags).options().grpc().bindAddr()).isEqualTo("flag");
  }

  @Test
  @DisplayName("sheet 09 case 25: the root server_addr beats [grpc] server_addr, with a warning")
  void deprecatedKeyBeatsItsSuccessorInTheFile() {
    EffectiveConfig config = load("server_addr = \"old:1\"\n[grpc]\nserver_addr = \"new:2\"");
    assertThat(config.options().grpc().serverAddr()).isEqualTo("old:1");
    assertThat(config.warnings()).singleElement().asString().contains("server_addr is deprecated");
  }

  @Test
  @DisplayName("sheet 02 case 36, sheet 09 case 24: lists in variables, and empty texts")
  void listsAndEmptyTextsInTheEnvironment() {
    MetasrvOptions options =
        ConfigLoader.load(
                none.withEnvironment(
                    Map.of(
                        "X__STORE_ADDRS",
                        "h1:2379,h2:2379",
                        "X__STORE_KEY_PREFIX",
                        "",
                        "X__WAL__BROKER_ENDPOINTS",
                        "k:9092"),
                    "X"))
            .options();
    assertThat(options.store().addresses()).containsExactly("h1:2379", "h2:2379");
    assertThat(options.store().keyPrefix()).isEmpty();
    assertThat(options.wal().kafka().brokerEndpoints()).containsExactly("k:9092");
  }

  @Test
  void variablesMatchInAnyCaseAndNestAtTwoUnderscores() {
    MetasrvOptions options =
        ConfigLoader.load(
                none.withEnvironment(
                    Map.of(
                        "greptimedb_metasrv__Backend_Tls__Mode", "require",
                        "GREPTIMEDB_METASRV__META_TABLE_NAME", "007",
                        "GREPTIMEDB_METASRV__ENABLE_REGION_FAILOVER", "FALSE",
                        "GREPTIMEDB_METASRV_PORT", "tcp://10.0.0.1:3002"),
                    ConfigSources.DEFAULT_PREFIX))
            .options();
    assertThat(options.store().tls().mode()).isEqualTo(TlsMode.REQUIRE);
    assertThat(options.store().sql().tableName()).isEqualTo("007");
    assertThat(options.failover().enabled()).isFalse();
  }

  @Test
  void anEmptyPrefixReadsBareVariablesAndOverlooksAllOthers() {
    MetasrvOptions options =
        ConfigLoader.load(
                none.withEnvironment(
                    Map.of("HTTP__ADDR", "bare:1", "HOME", "/root", "MODE", "x"), ""))
            .options();
    assertThat(options.http().addr()).isEqualTo("bare:1");
  }

  @Test
  @DisplayName("sheet 02 case 35, sheet 09 case 26: both spellings of a selector, printed in one")
  void selectorsLoadInBothSpellings() {
    assertThat(load("selector = \"LeaseBased\"").options().selector())
        .isEqualTo(SelectorType.LEASE_BASED);
    assertThat(load("selector = \"lease_based\"").options().selector())
        .isEqualTo(SelectorType.LEASE_BASED);
    assertThat(load("selector = \"LoadBased\"").options().selector())
        .isEqualTo(SelectorType.LOAD_BASED);
    assertThat(load("selector = \"load_based\"").toToml()).contains("selector = \"LoadBased\"\n");
    assertThatThrownBy(() -> load("selector = \"best\""))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("selector must be one of RoundRobin, round_robin, LeaseBased");
  }

  @Test
  @DisplayName("sheet 09 case 28: 512MB is 536870912 bytes and shown as 512MiB")
  void sizesAreShownInBinaryUnits() {
    EffectiveConfig config = load("grpc.max_recv_message_size = \"512MB\"");
    assertThat(config.options().grpc().maxRecvMessageSize().bytes()).isEqualTo(536_870_912);
    assertThat(config.toToml()).contains("max_recv_message_size = \"512MiB\"");
  }

  @Test
  void withoutAWordAboutAStoreTheEmbeddedOneRuns() {
    assertThat(ConfigLoader.load(none).options().store().backend())
        .isEqualTo(Backend.EMBEDDED_STORE);
    assertThat(
            load("[http]\naddr = \"x:1\"\n[embedded]\ndata_dir = \"d\"")
                .options()
                .store()
                .backend())
        .isEqualTo(Backend.EMBEDDED_STORE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "store_addrs = [\"etcd:2379\"]",
        "store_key_prefix = \"/a\"",
        "backend_tls.mode = \"disable\"",
        "backend_client.connect_timeout = \"1s\"",
        "meta_table_name = \"t\"",
        "store_addr = \"etcd:2379\"",
        "etcd.user = \"root\""
      })
  void anyWordAboutAStoreMeansEtcdUnlessABackendIsNamed(String line) {
    assertThat(load(line).options().store().backend()).isEqualTo(Backend.ETCD_STORE);
    assertThat(load(line + "\nbackend = \"memory_store\"").options().store().backend())
        .isEqualTo(Backend.MEMORY_STORE);
  }

  @Test
  void aVariableOrFlagIsAWordAboutAStoreAsWell() {
    assertThat(
            ConfigLoader.load(none.withEnvironment(Map.of("X__META_SCHEMA_NAME", "s"), "X"))
                .options()
                .store()
                .backend())
        .isEqualTo(Backend.ETCD_STORE);
    assertThat(
            ConfigLoader.load(none.withFlag("--store-addrs", "store_addrs", "a:1"))
                .options()
                .store()
                .backend())
        .isEqualTo(Backend.ETCD_STORE);
  }

  @Test
  void brokenTomlIsReportedWithLineAndColumn() {
    Path file = toml("backend = \"etcd_store\"\n[http]\naddr = \"x\n");
    assertThatThrownBy(() -> ConfigLoader.load(none.withFile(file)))
        .isInstanceOf(ConfigException.class)
        .hasMessageMatching(
            "(?s)" + Pattern.quote(file.toString()) + ", line 3, column \\d+: [^\n]+");
  }

  @Test
  void aMissingFileIsReportedByName() {
    assertThatThrownBy(() -> ConfigLoader.load(none.withFile(directory.resolve("nope.toml"))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("nope.toml does not exist");
  }

  @ParameterizedTest
  @CsvSource({
    "http.adr, http.addr",
    "store_adrs, store_addrs",
    "proceduer.retry_delay, procedure.retry_delay",
    "grpc.heartbeat_interval, heartbeat_interval"
  })
  void anUnknownKeyStopsTheStartWithTheNearestName(String wrong, String right) {
    assertThatThrownBy(() -> load(wrong + " = \"1s\""))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("unknown key " + wrong + "; did you mean " + right + "?");
  }

  @Test
  void anUnknownVariableStopsTheStartAsWell() {
    assertThatThrownBy(
            () -> ConfigLoader.load(none.withEnvironment(Map.of("X__HTTP__ADRR", "a:1"), "X")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "variable X__HTTP__ADRR: unknown key http.adrr; did you mean http.addr?");
  }

  @Test
  void leniencyTurnsUnknownKeysIntoWarnings() {
    EffectiveConfig config =
        ConfigLoader.load(
            none.withFile(toml("http.adr = \"x\"\n[nonsense]\na = 1")).withLenient(true));
    assertThat(config.warnings()).hasSize(2).allMatch(w -> w.endsWith("(ignored)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "datanode_lease_secs = 15",
        "use_memory_store = true",
        "[export_metrics]\nenable = true\nself_import = { db = \"x\" }",
        "[logging.slow_query]\nenable = true",
        "[http]\ndisable_dashboard = true"
      })
  void keysOfOtherVersionsAreAcceptedWithAWarning(String toml) {
    assertThat(load(toml).warnings())
        .isNotEmpty()
        .allMatch(warning -> warning.contains("another version of GreptimeDB"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "heartbeat_interval = 3",
        "heartbeat_interval = \"soon\"",
        "max_txn_ops = \"many\"",
        "max_txn_ops = -1",
        "enable_region_failover = \"yes\"",
        "store_addrs = \"a:1\"",
        "store_addrs = [1]",
        "backend = \"etcd-store\"",
        "http = 3",
        "wal.selector_type = \"random\""
      })
  void aBadValueStopsTheStartAndIsNamed(String line) {
    String key = line.substring(0, line.indexOf(' '));
    assertThatThrownBy(() -> load(line))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key);
  }

  @Test
  void aSecretDoesNotReachAnErrorMessage() {
    assertThatThrownBy(() -> load("etcd.password = 12345678"))
        .isInstanceOf(ConfigException.class)
        .hasMessageNotContaining("12345678");
  }

  @Test
  void secretsAreHiddenWhereverTheConfigurationIsShown() {
    EffectiveConfig config =
        load(
            """
            store_addrs = ["mysql://root:geheim1@h:3306/db"]
            backend = "mysql_store"
            etcd.password = "geheim2"
            [wal]
            provider = "kafka"
            sasl = { type = "SCRAM-SHA-256", username = "u", password = "geheim3" }
            [logging]
            otlp_headers = { Authorization = "geheim4" }
            """);
    assertThat(config.options().wal().provider()).isEqualTo(WalOptions.Provider.KAFKA);
    assertThat(config.options().wal().kafka().sasl().orElseThrow().password().value())
        .isEqualTo("geheim3");
    assertThat(config.toToml()).doesNotContain("geheim").contains("mysql://root:******@h:3306/db");
    assertThat(String.join("\n", config.columns())).doesNotContain("geheim");
    assertThat(config.options().toString()).doesNotContain("geheim2").doesNotContain("geheim3");
  }

  @Test
  void theEffectiveConfigurationMarksWhatIsNotTheDefaultAndSaysWhereItCameFrom() {
    Path file = toml("http.addr = \"0.0.0.0:4000\"\nmax_txn_ops = 128");
    assertThat(ConfigLoader.load(none.withFile(file)).columns())
        .anySatisfy(
            line -> assertThat(line).matches("\\* http\\.addr +\"0\\.0\\.0\\.0:4000\" +" + file))
        .anySatisfy(line -> assertThat(line).matches("  max_txn_ops +128 +" + file))
        .anySatisfy(line -> assertThat(line).matches("  grpc\\.server_addr +\"\""));
  }

  @Test
  void loggingFormatMayBeLeftEmptyAndTheSampleRatioIsATable() {
    MetasrvOptions options =
        load("""
        [logging]
        log_format = ""
        level = ""
        [logging.tracing_sample_ratio]
        default_ratio = 0.1
        rules = [{ protocol = "grpc", ratio = 1 }]
        """)
            .options();
    assertThat(options.logging().format()).isEqualTo(LoggingOptions.Format.TEXT);
    assertThat(options.logging().level()).isEmpty();
    assertThat(options.logging().tracingSampleRatio().orElseThrow().rules()).hasSize(1);
  }

  @Test
  void statisticsAreNotRecordedMoreOftenThanEveryTenMinutes() {
    assertThat(load("stats_persistence.interval = \"1s\"").options().statsPersistence().interval())
        .isEqualTo(Duration.ofMinutes(10));
  }

  private EffectiveConfig load(String toml) {
    return ConfigLoader.load(none.withFile(toml(toml)));
  }

  private Path toml(String text) {
    try {
      Path file = Files.createTempFile(directory, "metasrv", ".toml");
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
