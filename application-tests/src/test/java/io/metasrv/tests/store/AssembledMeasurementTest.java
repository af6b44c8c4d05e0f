package io.metasrv.tests.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.metasrv.adapters.grpc.GrpcPeerClient;
import io.metasrv.adapters.http.PrometheusMetrics;
import io.metasrv.application.events.RecentEvents;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metasrv.Metasrv;
import io.metasrv.application.metasrv.MetasrvAssembly;
import io.metasrv.application.metasrv.MetasrvPorts;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.NodeClients;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.application.store.LocalElection;
import io.metasrv.protocol.grpc.ChannelSettings;
import io.metasrv.protocol.v1.meta.CompareAndPutRequest;
import io.metasrv.testkit.server.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A metasrv put together as production does measures its transactions. */
final class AssembledMeasurementTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String ADDRESS = "127.0.0.1:3002";
  private static final Pattern COUNT =
      Pattern.compile(
          "greptime_meta_txn_request_count\\{target=\"memory\",op=\"txn\"\\} (\\d+)(\\.0)?\\n");

  private final PrometheusMetrics metrics = new PrometheusMetrics();

  private long transactions() {
    Matcher found = COUNT.matcher(metrics.exposition());
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }

  @Test
  void transactionsOfTheLeaderAreCounted() throws Exception {
    VirtualThreadRuntime runtime = new VirtualThreadRuntime();
    InMemoryStore store = new InMemoryStore();
    try (GrpcPeerClient peers = new GrpcPeerClient(ChannelSettings.defaults(), PATIENCE, runtime)) {
      MetasrvPorts ports =
          new MetasrvPorts(
              store,
              new LocalElection(store),
              false,
              peers,
              NodeClients.NOBODY,
              runtime,
              metrics,
              new RecentEvents(10),
              () -> new Candidate(ADDRESS, "1.1.4", "x", 1, 0, 0, 0, 0, "h"));
      Metasrv metasrv =
          MetasrvAssembly.assemble(ADDRESS, ports, MetasrvOptions.defaults(), List.of());
      metasrv.start();
      try {
        Eventually.holds(
            "it leads", PATIENCE, () -> metasrv.leadership().currentTerm().isPresent());
        long before = transactions();

        ByteString key = ByteString.copyFromUtf8("key");
        metasrv
            .services()
            .store()
            .compareAndPut(CompareAndPutRequest.newBuilder().setKey(key).setValue(key).build());

        // The leader has transactions of its own, too.
        assertThat(transactions()).isGreaterThan(before);
      } finally {
        metasrv.stop();
      }
    }
  }
}
