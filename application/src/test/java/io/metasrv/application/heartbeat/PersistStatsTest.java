package io.metasrv.application.heartbeat;

import static io.metasrv.application.heartbeat.LeaderFixture.heartbeat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.metasrv.application.options.StatsPersistenceOptions;
import io.metasrv.application.port.FrontendClient;
import io.metasrv.domain.Peer;
import io.metasrv.domain.heartbeat.HeartbeatTimes;
import io.metasrv.protocol.v1.GreptimeRequest;
import io.metasrv.protocol.v1.GreptimeResponse;
import io.metasrv.protocol.v1.Row;
import io.metasrv.protocol.v1.RowInsertRequest;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.RegionRole;
import io.metasrv.protocol.v1.meta.RegionStat;
import io.metasrv.protocol.v1.meta.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PersistStatsTest {

  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private final LinkedBlockingQueue<Written> written = new LinkedBlockingQueue<>();
  private final FrontendClient frontends =
      (frontend, request, hints) -> {
        written.add(new Written(frontend, request, Map.copyOf(hints)));
        return GreptimeResponse.getDefaultInstance();
      };

  private record Written(Peer frontend, GreptimeRequest request, Map<String, String> hints) {
    List<Row> rows() {
      return insert().getRows().getRowsList();
    }

    RowInsertRequest insert() {
      return request.getRowInserts().getInserts(0);
    }
  }

  private Written next() throws InterruptedException {
    Written next = written.poll(20, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  private static HeartbeatRequest reporting(long writtenBytes) {
    return heartbeat(Role.DATANODE, 1)
        .addRegionStats(
            RegionStat.newBuilder()
                .setRegionId(1L << 32 | 2)
                .setEngine("mito")
                .setRole(RegionRole.Leader)
                .putExtensions(
                    "__region_statistic",
                    ByteString.copyFromUtf8(
                        "{\"num_rows\":3,\"memtable_size\":1,\"wal_size\":1,\"manifest_size\":4,"
                            + "\"sst_size\":6,\"sst_num\":5,\"written_bytes\":"
                            + writtenBytes
                            + "}")))
        .addRegionStats(
            RegionStat.newBuilder().setRegionId(1L << 32 | 3).setRole(RegionRole.Follower))
        .build();
  }

  @Test
  @DisplayName("sheet 04 case 38: at most every 10 min, leaders only, rounded time, deltas")
  void givenAnIntervalOfAMinute_thenRowsComeEveryTenMinutes() throws InterruptedException {
    LeaderFixture metasrv =
        new LeaderFixture(
            new HeartbeatOptions(
                HeartbeatTimes.DEFAULTS,
                3,
                Duration.ofHours(24),
                new StatsPersistenceOptions(Duration.ofDays(90), Duration.ofMinutes(1))),
            HeartbeatExtensions.NONE
                .withFrontends(frontends)
                .withRegionLeases(
                    (context, operating) ->
                        (datanode, reported) ->
                            new RegionLeases.Decision(List.of(), List.of(), List.of())));
    metasrv.elected();
    NodeEnd frontend = metasrv.connect(heartbeat(Role.FRONTEND, 0).build());
    frontend.response(1);
    NodeEnd datanode = metasrv.connect(reporting(100));

    Written first = next();
    assertThat(first.frontend().address()).isEqualTo("127.0.0.1:24100");
    assertThat(first.hints())
        .containsEntry("ttl", "2months 29days 2h 52m 48s")
        .containsEntry("append_mode", "true")
        .containsEntry("compaction.twcs.time_window", "1day");
    assertThat(first.insert().getTableName()).isEqualTo("region_statistics_history");
    assertThat(first.insert().getRows().getSchemaList())
        .extracting(column -> column.getColumnName())
        .containsExactly(
            "table_id",
            "region_id",
            "region_number",
            "manifest_size",
            "datanode_id",
            "engine",
            "num_rows",
            "sst_num",
            "sst_size",
            "write_bytes_delta",
            "greptime_timestamp");
    assertThat(first.rows()).hasSize(1);
    Row row = first.rows().getFirst();
    assertThat(row.getValues(0).getU32Value()).isEqualTo(1);
    assertThat(row.getValues(2).getU32Value()).isEqualTo(2);
    assertThat(row.getValues(9).getU64Value()).as("no row before").isZero();
    assertThat(row.getValues(10).getTimestampMillisecondValue())
        .isEqualTo(1_700_000_000_000L / 600_000 * 600_000);

    metasrv.runtime.advance(TEN_MINUTES.minusMillis(1));
    frontend.sends(heartbeat(Role.FRONTEND, 0).build());
    frontend.response(2);
    datanode.sends(reporting(150));
    awaitPlainAnswers(datanode, 2);
    metasrv.runtime.advance(Duration.ofMillis(1));
    assertThat(deltaOf(writtenAfter(datanode, reporting(170)))).isEqualTo(70);

    metasrv.runtime.advance(TEN_MINUTES);
    frontend.sends(heartbeat(Role.FRONTEND, 0).build());
    frontend.response(3);
    assertThat(deltaOf(writtenAfter(datanode, reporting(20)))).as("a decrease").isZero();
    metasrv.close();
  }

  private static long deltaOf(Written row) {
    return row.rows().getFirst().getValues(9).getU64Value();
  }

  /** Heartbeats until one is written: none is while the write before is still being finished. */
  private Written writtenAfter(NodeEnd datanode, HeartbeatRequest request)
      throws InterruptedException {
    for (int tries = 0; tries < 1000; tries++) {
      datanode.sends(request);
      Written row = written.poll(20, TimeUnit.MILLISECONDS);
      if (row != null) {
        return row;
      }
    }
    throw new AssertionError("nothing is written");
  }

  private static void awaitPlainAnswers(NodeEnd node, int count) throws InterruptedException {
    int seen = 0;
    int plain = 0;
    while (plain < count) {
      seen++;
      if (!node.response(seen).hasMailboxMessage()) {
        plain++;
      }
    }
  }
}
