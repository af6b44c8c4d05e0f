package io.metasrv.bootstrap.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every key this program knows, and the keys of other GreptimeDB versions it tolerates. */
final class Catalogue {

  private static final List<Setting<?>> ALL = collect();
  private static final Map<String, Setting<?>> BY_PATH = byPath();

  /** Deprecated spellings at the root; what they say goes to the setting named. */
  static final Map<String, Setting<String>> DEPRECATED =
      Map.of(
          "bind_addr", PortSettings.GRPC_BIND_ADDR, "server_addr", PortSettings.GRPC_SERVER_ADDR);

  /** Keys and tables of older and newer versions, with what to tell the operator. */
  private static final Map<String, String> FOREIGN = foreign();

  private Catalogue() {}

  /** In the order in which they are shown. */
  static List<Setting<?>> all() {
    return ALL;
  }

  /** The setting with this path. */
  static Optional<Setting<?>> find(String path) {
    return Optional.ofNullable(BY_PATH.get(path));
  }

  /** Whether there are settings below this path. */
  static boolean isTable(String path) {
    return BY_PATH.keySet().stream().anyMatch(known -> known.startsWith(path + "."));
  }

  /** What to say about a key of another version, if it is one. */
  static Optional<String> foreign(String path) {
    return FOREIGN.entrySet().stream()
        .filter(entry -> path.equals(entry.getKey()) || path.startsWith(entry.getKey() + "."))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The known path most like this one, if any is alike. */
  static Optional<String> nearest(String path) {
    int most = Math.max(2, path.length() / 3);
    return Stream.concat(BY_PATH.keySet().stream(), DEPRECATED.keySet().stream())
        .map(known -> Map.entry(distance(path, known), known))
        .filter(entry -> entry.getKey() <= most)
        .min(Map.Entry.<Integer, String>comparingByKey().thenComparing(Map.Entry::getValue))
        .map(Map.Entry::getValue)
        .or(() -> sameNameElsewhere(path));
  }

  /** A right key in the wrong table is the other common mistake. */
  private static Optional<String> sameNameElsewhere(String path) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    return ALL.stream()
        .filter(setting -> setting.name().equals(name))
        .map(Setting::path)
        .min(Comparator.naturalOrder());
  }

  /** Levenshtein's distance: inserted, deleted and replaced characters count one each. */
  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(previous[j], row[j - 1]));
      }
      previous = row;
    }
    return previous[b.length()];
  }

  private static List<Setting<?>> collect() {
    List<Setting<?>> all = new ArrayList<>();
    all.addAll(StoreSettings.all());
    all.addAll(ClusterSettings.all());
    all.addAll(PortSettings.all());
    all.addAll(WalSettings.all());
    all.addAll(GcSettings.all());
    all.addAll(LoggingSettings.all());
    return List.copyOf(all);
  }

  private static Map<String, Setting<?>> byPath() {
    Map<String, Setting<?>> byPath = new LinkedHashMap<>();
    ALL.forEach(setting -> byPath.put(setting.path(), setting));
    return byPath;
  }

  private static Map<String, String> foreign() {
    Map<String, String> foreign = new LinkedHashMap<>();
    foreign.put("datanode_lease_secs", "leases are derived from heartbeat_interval");
    foreign.put("use_memory_store", "say backend = \"memory_store\"");
    foreign.put("store_addr", "say store_addrs = [\"host:port\"]");
    foreign.put("mode", "this program is always a metasrv");
    foreign.put("cluster_id", "clusters are told apart by store_key_prefix");
    foreign.put("user_provider", "metasrv authenticates nobody");
    foreign.put("metasrv_id", "a metasrv is known by grpc.server_addr");
    foreign.put("meta_client", "it belongs to nodes");
    foreign.put("export_metrics", "metrics are read from /metrics");
    foreign.put("slow_query", "it belongs to frontends");
    foreign.put("logging.slow_query", "it belongs to frontends");
    foreign.put("logging.enable_jaeger_tracing", "traces are described by logging.otlp_*");
    foreign.put("grpc.addr", "say grpc.bind_addr");
    foreign.put("grpc.hostname", "say grpc.server_addr");
    foreign.put("grpc.flight_compression_level", "no flight is served here");
    foreign.put("http.is_strict_mode", "no Prometheus query is served here");
    foreign.put("http.disable_dashboard", "no dashboard is served here");
    foreign.put("runtime.read_rt_size", "work runs on virtual threads");
    foreign.put("runtime.write_rt_size", "work runs on virtual threads");
    foreign.put("runtime.bg_rt_size", "work runs on virtual threads");
    foreign.put("datanode.client_options", "say [datanode.client]");
    foreign.put("wal.backoff_init", "retries are not configured here");
    foreign.put("wal.backoff_max", "retries are not configured here");
    foreign.put("wal.backoff_base", "retries are not configured here");
    foreign.put("wal.backoff_deadline", "retries are not configured here");
    foreign.put("wal.auto_prune_topic_records", "say wal.auto_prune_interval");
    return foreign;
  }
}
