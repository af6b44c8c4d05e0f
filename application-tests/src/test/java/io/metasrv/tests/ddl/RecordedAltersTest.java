package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.ddl.altertable.AlterTableProcedure;
import io.metasrv.application.ddl.createtable.CreateTable;
import io.metasrv.application.ddl.json.ProtoText;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.metadata.codec.QueryContextCodec;
import io.metasrv.application.port.Previous;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.Peer;
import io.metasrv.domain.TableId;
import io.metasrv.protocol.v1.meta.AlterTableTask;
import io.metasrv.protocol.v1.meta.CreateTableTask;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** States of ALTER TABLE that the original stored (sheet 05 case 29). */
class RecordedAltersTest {

  private static final TableId TABLE = new TableId(1027);
  private static final String UPDATED_ON = "\\\\\"updated_on\\\\\":\\\\\"[^\\\\]*\\\\\"";

  private final DdlWorld world = new DdlWorld();

  /** Three of an added column, then two of a rename. */
  static List<String> dumps() {
    return Golden.text("alter/procedures.jsonl").lines().toList();
  }

  @ParameterizedTest
  @MethodSource("dumps")
  void case29_loadedAndDumpedToTheSameText(String recorded) {
    assertThat(AlterTableProcedure.loader(world.context()).load(recorded).dump())
        .isEqualTo(recorded);
  }

  @Test
  void olderStatesWithoutColumnsAreRead() {
    String older = dumps().getFirst().replace(",\"column_metadatas\":[]", "");
    assertThat(AlterTableProcedure.loader(world.context()).load(older).dump())
        .isEqualTo(dumps().getFirst());
  }

  @Test
  void theRecordedTasksRunThroughTheRecordedStates() throws InterruptedException {
    create();
    assertThat(run(dumps().getFirst())).isEqualTo(dumps().subList(0, 3));
    assertThat(run(dumps().get(3)).stream().map(RecordedAltersTest::timeless))
        .isEqualTo(dumps().subList(3, 5).stream().map(RecordedAltersTest::timeless).toList());
  }

  private List<String> run(String recorded) throws InterruptedException {
    AlterTableTask task =
        ProtoText.decode(
            JsonReader.read(recorded).asObject().text("task"), AlterTableTask.parser());
    ProcedureDriver run =
        ProcedureDriver.run(new AlterTableProcedure(world.context(), task, TABLE));
    run.output();
    return run.dumps();
  }

  private static String timeless(String dump) {
    return dump.replaceAll(UPDATED_ON, "");
  }

  /** The table as the recording created it. */
  private void create() throws InterruptedException {
    world.createSchema("refdb_r2");
    // The sequence of table ids goes on with 1027, eight bytes, little endian.
    world.store.put(
        Bytes.utf8("__meta_seq-table_id"), Bytes.hex("0304000000000000"), Previous.DISCARD);
    JsonValue.Object first =
        Recordings.dumps().stream()
            .filter(dump -> dump.from().equals("full.jsonl"))
            .filter(dump -> dump.type().equals(CreateTable.TYPE))
            .findFirst()
            .map(dump -> JsonReader.read(dump.data()).asObject())
            .orElseThrow();
    JsonValue.Object peer =
        first
            .require("table_route")
            .asObject()
            .require("region_routes")
            .asArray()
            .getFirst()
            .asObject()
            .require("leader_peer")
            .asObject();
    world.nextLeader();
    world.placeOn(new Peer(peer.unsigned("id"), peer.text("addr")));
    ProcedureDriver.run(
            CreateTable.of(
                world.context(),
                ProtoText.decode(first.text("task"), CreateTableTask.parser()),
                QueryContextCodec.CODEC.read(first.require("query_context"))))
        .output();
  }
}
