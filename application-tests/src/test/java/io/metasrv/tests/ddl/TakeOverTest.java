package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.client.MetaClient;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.doubles.DatanodeDouble;
import io.metasrv.protocol.v1.meta.ProcedureStatus;
import io.metasrv.testkit.server.Eventually;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A store that the original left in the middle of a statement. */
@Timeout(120)
class TakeOverTest {

  private static final String PROCEDURE = "ed18b1f5-7977-4654-8b18-1ce6579683d9";
  private static final RegionId REGION = RegionId.of(new TableId(5010), 0);

  private static void restore(KeyValueStore store, String recording) {
    for (JsonNode kv : JsonMapper.shared().readTree(Golden.text(recording)).get("kvs")) {
      store.put(bytes(kv.get("key_hex")), bytes(kv.get("value_hex")), Previous.DISCARD);
    }
  }

  private static Bytes bytes(JsonNode hex) {
    return Bytes.wrap(HexFormat.of().parseHex(hex.asString("")));
  }

  @Test
  @DisplayName("a CREATE TABLE of the original, found in flight, is finished where its node is now")
  void givenACreateTableInFlight_whenOurLeaderTakesOver_thenTheTableIsThere() throws Exception {
    ServerStore backend = ServerStore.inMemory();
    KeyValueStore store = backend.store();
    restore(store, "procedure/midflight-create-table.json");
    Bytes records = Bytes.utf8("/__procedure__/procedure/" + PROCEDURE);
    assertThat(store.range(KeyRange.prefix(records), RangeOptions.ALL).kvs()).hasSize(1);

    // The recorded route leads to node 1; it has another address by now.
    try (WholeServer server = WholeServer.start(backend, 1)) {
      MetaClient client = server.client();
      Eventually.holds(
          "the procedure is finished",
          Duration.ofSeconds(60),
          () -> client.procedures().query(PROCEDURE).getStatus() == ProcedureStatus.Done);

      assertThat(client.store().get(Bytes.utf8("__table_name/greptime/refdb_fo2/t1")))
          .map(Bytes::toUtf8)
          .contains("{\"table_id\":5010}");
      DatanodeDouble node =
          server.fleet.datanodes().stream()
              .filter(each -> each.id() == 1)
              .findFirst()
              .orElseThrow();
      assertThat(node.regions()).containsOnlyKeys(REGION);
      Eventually.holds(
          "its records are gone",
          Duration.ofSeconds(20),
          () -> store.range(KeyRange.prefix(records), RangeOptions.ALL).kvs().isEmpty());
      assertThat(client.store().get(Bytes.utf8("__table_route/5010")))
          .map(Bytes::toUtf8)
          .hasValueSatisfying(route -> assertThat(route).contains("\"id\":" + REGION.value()));
    }
  }
}
