package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.ddl.createlogical.CreateLogicalTables;
import io.metasrv.application.ddl.createtable.CreateTable;
import io.metasrv.application.ddl.droptable.DropTable;
import io.metasrv.application.ddl.json.ProtoText;
import io.metasrv.application.ddl.truncate.TruncateTable;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.port.Previous;
import io.metasrv.application.procedure.Procedure;
import io.metasrv.application.procedure.ProcedureLoader;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.Peer;
import io.metasrv.protocol.v1.meta.CreateTableTask;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** States that the original stored are read and written alike (sheet 05 case 29). */
class RecordedProceduresTest {

  private final DdlWorld world = new DdlWorld();

  static List<Recordings.Dump> dumps() {
    return Recordings.dumps();
  }

  private ProcedureLoader loader(String type) {
    return switch (type) {
      case CreateTable.TYPE -> CreateTable.loader(world.context());
      case CreateLogicalTables.TYPE -> CreateLogicalTables.loader(world.context());
      case DropTable.TYPE -> DropTable.loader(world.context());
      case TruncateTable.TYPE -> TruncateTable.loader(world.context());
      default -> throw new AssertionError("no loader of " + type);
    };
  }

  @ParameterizedTest
  @MethodSource("dumps")
  void case29_loadedAndDumpedToTheSameText(Recordings.Dump recorded) {
    Procedure loaded = loader(recorded.type()).load(recorded.data());
    assertThat(loaded.typeName()).isEqualTo(recorded.type());
    assertThat(loaded.dump()).isEqualTo(recorded.data());
  }

  @Test
  void olderStatesWithoutLaterMembersAreRead() {
    for (Recordings.Dump recorded : Recordings.dumps()) {
      String older =
          recorded
              .data()
              .replaceAll(",\"query_context\":\\{[^}]*}[^}]*}[^}]*}[^}]*}", "")
              .replace(",\"column_metadatas\":[]", "")
              .replace(",\"max_region_number\":0", "")
              .replace(",\"region_wal_options\":{\"0\":{\"wal.provider\":\"raft_engine\"}}", "")
              .replace(",\"allow_rollback\":false", "")
              .replace(",\"drop_if_exists\":false", "");
      Procedure loaded = loader(recorded.type()).load(older);
      assertThat(loaded.subject()).startsWith("table greptime.refdb");
      assertThat(loader(recorded.type()).load(loaded.dump()).dump()).isEqualTo(loaded.dump());
    }
  }

  @Test
  void aCreateTableTaskRunsThroughTheRecordedStates() throws InterruptedException {
    List<Recordings.Dump> recorded =
        Recordings.dumps().stream()
            .filter(dump -> dump.from().equals("full.jsonl"))
            .filter(dump -> dump.type().equals(CreateTable.TYPE))
            .toList();
    assertThat(recorded).hasSize(4);
    world.createSchema("refdb_r2");
    // The sequence of table ids goes on with 1027, eight bytes, little endian.
    world.store.put(
        Bytes.utf8("__meta_seq-table_id"), Bytes.hex("0304000000000000"), Previous.DISCARD);
    world.nextLeader();
    TreeMap<String, String> expected = Recordings.firstWrites();
    for (int i = 0; i < recorded.size(); i += 2) {
      JsonValue.Object first = JsonReader.read(recorded.get(i).data()).asObject();
      world.placeOn(leaders(first).toArray(Peer[]::new));
      CreateTable procedure =
          CreateTable.of(
              world.context(),
              ProtoText.decode(first.text("task"), CreateTableTask.parser()),
              io.metasrv.application.metadata.codec.QueryContextCodec.CODEC.read(
                  first.require("query_context")));
      assertThat(ProcedureDriver.run(procedure).dumps())
          .containsExactly(recorded.get(i).data(), recorded.get(i + 1).data());
    }
    TreeMap<String, String> written = new TreeMap<>(world.values("__table_"));
    written.putAll(world.values("__dn_table/"));
    assertThat(written).isEqualTo(expected);
  }

  private static List<Peer> leaders(JsonValue.Object dump) {
    return dump.require("table_route").asObject().require("region_routes").asArray().stream()
        .map(route -> route.asObject().require("leader_peer").asObject())
        .map(peer -> new Peer(peer.unsigned("id"), peer.text("addr")))
        .toList();
  }
}
