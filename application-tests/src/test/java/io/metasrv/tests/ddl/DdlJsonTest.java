package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.ddl.createlogical.CreateLogicalTables;
import io.metasrv.application.ddl.createtable.CreateTable;
import io.metasrv.application.ddl.droptable.DropTable;
import io.metasrv.application.ddl.json.DdlJson;
import io.metasrv.application.ddl.json.ProtoText;
import io.metasrv.application.ddl.truncate.TruncateTable;
import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.RegionWalOptions;
import io.metasrv.application.procedure.ProcedureLoader;
import io.metasrv.domain.route.RegionRoles;
import io.metasrv.domain.table.TableName;
import io.metasrv.protocol.v1.meta.CreateTableTask;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON that the states of procedures share (sheet 05 §22). */
class DdlJsonTest {

  @Test
  void walOptionsInBothFlavours() {
    String texts =
        "{\"0\":\"{\\\"wal.provider\\\":\\\"raft_engine\\\"}\","
            + "\"1\":\"{\\\"wal.provider\\\":\\\"kafka\\\",\\\"wal.kafka.topic\\\":\\\"t\\\"}\"}";
    String objects =
        "{\"0\":{\"wal.provider\":\"raft_engine\"},"
            + "\"1\":{\"wal.provider\":\"kafka\",\"wal.kafka.topic\":\"t\"}}";
    RegionWalOptions options = DdlJson.readWalTexts(JsonReader.read(texts));
    assertThat(DdlJson.readWalObjects(JsonReader.read(objects))).isEqualTo(options);
    assertThat(JsonWriter.text(out -> DdlJson.writeWalTexts(out, options))).isEqualTo(texts);
    assertThat(JsonWriter.text(out -> DdlJson.writeWalObjects(out, options))).isEqualTo(objects);
  }

  @Test
  void distributionsAlsoInTheOlderForm() {
    String json =
        "{\"1\":{\"leader_regions\":[0,2],\"follower_regions\":[1]},"
            + "\"18446744073709551615\":{\"leader_regions\":[1],\"follower_regions\":[]}}";
    var distribution = DdlJson.readDistribution(JsonReader.read(json));
    assertThat(JsonWriter.text(out -> DdlJson.writeDistribution(out, distribution)))
        .isEqualTo(json);
    assertThat(DdlJson.readDistribution(JsonReader.read("{\"7\":[3,1]}")).byNode().get(7L))
        .isEqualTo(RegionRoles.leaders(List.of(1L, 3L)));
  }

  @Test
  void tableNames() {
    TableName name = new TableName("greptime", "public", "t");
    String json = "{\"catalog_name\":\"greptime\",\"schema_name\":\"public\",\"table_name\":\"t\"}";
    assertThat(JsonWriter.text(out -> DdlJson.writeTableName(out, name))).isEqualTo(json);
    assertThat(DdlJson.readTableName(JsonReader.read(json))).isEqualTo(name);
  }

  @Test
  void messagesAreBase64WithoutPaddingWhichIsReadAllTheSame() {
    CreateTableTask task = Tasks.table("t");
    String text = ProtoText.encode(task);
    assertThat(text).doesNotContain("=");
    assertThat(ProtoText.decode(text, CreateTableTask.parser())).isEqualTo(task);
    String padded = text + "=".repeat((4 - text.length() % 4) % 4);
    assertThat(ProtoText.decode(padded, CreateTableTask.parser())).isEqualTo(task);
    assertThatThrownBy(() -> ProtoText.decode("***", CreateTableTask.parser()))
        .isInstanceOf(JsonFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"state\":\"Nowhere\",\"task\":{},\"tasks\":[]}",
        "{\"state\":\"DeleteMetadata\",\"task\":{\"catalog\":\"c\",\"schema\":\"s\",\"table\":\"t\","
            + "\"table_id\":1},\"physical_region_routes\":[],\"physical_table_id\":null}",
        "{\"state\":\"CreateMetadata\",\"task\":\"\",\"query_context\":null,\"table_route\":null}"
      })
  void statesThatCannotBeUsedAreRefusedWhenTheyAreRead(String broken) {
    DdlWorld world = new DdlWorld();
    for (ProcedureLoader loader :
        List.of(
            CreateTable.loader(world.context()),
            CreateLogicalTables.loader(world.context()),
            DropTable.loader(world.context()),
            TruncateTable.loader(world.context()))) {
      assertThatThrownBy(() -> loader.load(broken)).isInstanceOf(JsonFormatException.class);
    }
  }
}
