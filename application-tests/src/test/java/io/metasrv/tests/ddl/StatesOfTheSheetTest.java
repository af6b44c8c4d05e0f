package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.ddl.alterlogical.AlterLogicalTablesProcedure;
import io.metasrv.application.ddl.comment.CommentOnProcedure;
import io.metasrv.application.ddl.createlogical.CreateLogicalTables;
import io.metasrv.application.ddl.database.AlterDatabaseProcedure;
import io.metasrv.application.ddl.json.ProtoText;
import io.metasrv.application.procedure.Procedure;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * States of the types of which the recordings have none: the texts are put together by the tables
 * of sheet 06.
 */
class StatesOfTheSheetTest {

  private static final String COLUMN =
      "{\"column_schema\":{\"name\":\"host\",\"data_type\":{\"String\":{\"size_type\":\"Utf8\"}},"
          + "\"is_nullable\":true,\"is_time_index\":false,\"default_constraint\":null,"
          + "\"metadata\":{}},\"semantic_type\":\"Tag\",\"column_id\":2}";

  private final Statements statements = new Statements();

  private static void assertAlike(Procedure loaded, String state) {
    assertThat(loaded.dump()).isEqualTo(state);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Prepare", "DatanodeCreateRegions", "CreateMetadata"})
  @DisplayName("sheet 05 case 29: CreateLogicalTables")
  void createLogicalTables(String state) {
    String text =
        "{\"state\":\"%s\",\"tasks\":[\"%s\",\"%s\"],".formatted(state, task("a"), task("b"))
            + "\"table_ids_already_exists\":[null,1030],\"physical_table_id\":1024,"
            + "\"physical_region_numbers\":[0,1],\"physical_columns\":["
            + COLUMN
            + "],\"physical_partition_columns\":[\"host\"]}";
    assertAlike(CreateLogicalTables.loader(statements.context()).load(text), text);
  }

  private static String task(String name) {
    return ProtoText.encode(Tasks.logical(name, "phy", "host", true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SubmitAlterRegionRequests", "UpdateMetadata"})
  @DisplayName("sheet 05 case 29: AlterLogicalTables")
  void alterLogicalTables(String state) {
    String text =
        "{\"state\":\"%s\",\"tasks\":[\"%s\"],"
                .formatted(state, ProtoText.encode(Alters.addTag("log", "zone")))
            + "\"table_info_values\":[\"%s\"],\"physical_table_id\":1024,"
                .formatted(stored("log").replace("\"", "\\\""))
            + "\"physical_table_info\":\"%s\",\"physical_columns\":["
                .formatted(stored("phy").replace("\"", "\\\""))
            + COLUMN
            + "],\"table_cache_keys_to_invalidate\":[]}";
    assertAlike(AlterLogicalTablesProcedure.loader(statements.context()).load(text), text);
  }

  /** What is stored of a table. */
  private static String stored(String name) {
    return "{\"table_info\":%s,\"version\":0}"
        .formatted(Tasks.logical(name, "phy", "host", false).getTableInfo().toStringUtf8());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"SetDatabaseOptions\":[{\"Ttl\":\"7days\"},{\"Other\":[\"compaction.type\",\"twcs\"]}]}",
        "{\"SetDatabaseOptions\":[{\"Ttl\":\"forever\"}]}",
        "{\"UnsetDatabaseOptions\":[\"Ttl\",{\"Other\":\"compaction.type\"}]}",
      })
  @DisplayName("sheet 05 case 29: AlterDatabase")
  void alterDatabase(String kind) {
    for (String value : new String[] {"null", "\"{\\\"ttl\\\":null,\\\"extra_options\\\":{}}\""}) {
      for (String state : new String[] {"Prepare", "UpdateMetadata", "InvalidateSchemaCache"}) {
        String text =
            "{\"state\":\"%s\",\"kind\":%s,\"catalog_name\":\"greptime\",\"schema_name\":\"db1\","
                    .formatted(state, kind)
                + "\"schema_value\":%s}".formatted(value);
        assertAlike(AlterDatabaseProcedure.load(statements.context(), text), text);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"object_type\":\"Table\",\"object_name\":\"t\",\"column_name\":null,\"comment\":\"hi\","
            + "\"table_id\":1024",
        "\"object_type\":\"Column\",\"object_name\":\"t\",\"column_name\":\"c\",\"comment\":null,"
            + "\"table_id\":1024",
        "\"object_type\":\"Flow\",\"object_name\":\"f\",\"column_name\":null,\"comment\":\"hi\","
            + "\"flow_id\":1024",
      })
  @DisplayName("sheet 05 case 29: CommentOn")
  void commentOn(String what) {
    for (String state : new String[] {"Prepare", "UpdateMetadata", "InvalidateCache"}) {
      String text =
          "{\"state\":\"%s\",\"catalog_name\":\"greptime\",\"schema_name\":\"public\",%s}"
              .formatted(state, what);
      assertAlike(CommentOnProcedure.load(statements.context(), text), text);
    }
  }
}
