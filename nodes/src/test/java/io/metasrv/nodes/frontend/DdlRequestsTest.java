package io.metasrv.nodes.frontend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.domain.table.TableName;
import io.metasrv.nodes.json.JsonValue;
import io.metasrv.protocol.v1.meta.CreateTableTask;
import io.metasrv.protocol.v1.meta.Partition;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DdlRequestsTest {

  private static final DdlRequests REQUESTS =
      DdlRequests.of("refdb", Instant.parse("2026-11-23T10:53:31.297811225Z"));

  private static String recorded(String file) throws IOException {
    try (InputStream in = DdlRequestsTest.class.getResourceAsStream("/frontend/" + file)) {
      assertThat(in).as(file).isNotNull();
      return new String(in.readAllBytes(), UTF_8).strip();
    }
  }

  @Test
  void givenAPartitionedTable_thenTheInfoIsTheRecordedOneButForWhatTheServerSets()
      throws IOException {
    CreateTableTask task =
        REQUESTS.createTable(REQUESTS.name("tp"), false, "h", "p").getCreateTableTask();

    String expected =
        recorded("stored_table_info.json")
            .replace("\"table_id\":1025", "\"table_id\":0")
            .replace(",\"column_ids\":[0,1,2]", "")
            .replace("\"ttl\":\"1day\"", "\"ttl\":null")
            .replace("2026-11-23T10:53:31.297815538Z", "2026-11-23T10:53:31.297811225Z");
    assertThat(task.getTableInfo().toStringUtf8()).isEqualTo(expected);
    assertThat(task.getPartitionsList().stream().map(Partition::getExpression))
        .containsExactlyElementsOf(recorded("stored_partitions.txt").lines().toList());
  }

  @Test
  void givenALogicalTableOrAView_thenTheInfoIsJsonThatNamesIt() {
    TableName logical = REQUESTS.name("log1");
    String table =
        REQUESTS
            .createLogical(false, "phy", logical)
            .getCreateTableTasks()
            .getTasks(0)
            .getTableInfo()
            .toStringUtf8();
    assertThat(JsonValue.parse(table)).isInstanceOf(JsonValue.Members.class);
    assertThat(table).contains("\"name\":\"log1\"", "{\"on_physical_table\":\"phy\"}");

    String view =
        REQUESTS
            .createView(REQUESTS.name("v"), "SELECT 1", false)
            .getCreateViewTask()
            .getViewInfo()
            .toStringUtf8();
    assertThat(JsonValue.parse(view)).isInstanceOf(JsonValue.Members.class);
    assertThat(view).contains("\"name\":\"v\"", "\"table_type\":\"View\"");
  }
}
