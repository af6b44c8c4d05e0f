package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.check.CatalogueCheck;
import io.metasrv.application.check.Finding;
import io.metasrv.application.check.Finding.Category;
import io.metasrv.application.ddl.createlogical.CreateLogicalTables;
import io.metasrv.application.ddl.flow.CreateFlowProcedure;
import io.metasrv.application.ddl.view.CreateViewProcedure;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metadata.WalOptionsAllocator;
import io.metasrv.application.metadata.WalTopicPool;
import io.metasrv.application.port.Previous;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.key.SequenceKey;
import io.metasrv.testkit.catalogue.CatalogueAssert;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A catalogue with table 1024 (two regions, logs on Kafka), physical table 1025, logical table
 * 1026, view 1027 and flow 1024, and what is found once something in it is broken.
 */
class CatalogueCheckTest {

  private static final String LOW = "{\"low\":1}";
  private static final String HIGH = "{\"high\":1}";
  private static final String PROCEDURE = "0198b0a5-0000-7000-8000-00000000000a";
  private static final List<String> FAMILIES =
      List.of("__schema_name/", "__table_", "__dn_table/", "__topic_region/", "__view_", "__flow/");

  private final Statements statements =
      new Statements(
          new DdlWorld(
              new InMemoryStore(),
              WalOptionsAllocator.kafka(
                  new WalTopicPool(List.of("topic_0", "topic_1"), new VirtualThreadRuntime())
                      ::next)));
  private final DdlWorld world = statements.world;

  @BeforeEach
  void aConsistentCatalogue() throws InterruptedException {
    statements.created(Tasks.table("t", LOW, HIGH));
    statements.created(Tasks.physical("phy"));
    ProcedureDriver.run(
            CreateLogicalTables.of(
                world.context(), List.of(Tasks.logical("log", "phy", "host", false))))
        .output();
    ProcedureDriver.run(
            new CreateViewProcedure(
                statements.context(), Statements.view("v", "SELECT 1", false, false)))
        .output();
    ProcedureDriver.run(
            new CreateFlowProcedure(
                statements.context(),
                Statements.task(Statements.flow("f", "t", "sink")),
                Tasks.SESSION))
        .output();
  }

  private List<Finding> findings() {
    return CatalogueCheck.run(world.store);
  }

  private void put(String key, Bytes value) {
    world.store.put(Bytes.utf8(key), value, Previous.DISCARD);
  }

  private void put(String key, String value) {
    put(key, Bytes.utf8(value));
  }

  private void delete(String key) {
    assertThat(world.store.delete(Bytes.utf8(key), Previous.RETURN)).isPresent();
  }

  private void edit(String key, String from, String to) {
    String before = world.value(key);
    assertThat(before).contains(from);
    put(key, before.replace(from, to));
  }

  private void found(Category category, String key) {
    assertThat(findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.category()).isEqualTo(category);
              assertThat(finding.key()).isEqualTo(Bytes.utf8(key));
              assertThat(finding.reason()).isNotEmpty();
            });
    assertThatThrownBy(() -> CatalogueAssert.assertAtRest(world.store))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(key);
  }

  @Test
  void nothingIsFoundWhereNothingIsBroken() {
    assertThat(world.values("__topic_region/")).isNotEmpty();
    CatalogueAssert.assertAtRest(world.store);
    CatalogueAssert.assertConsistent(world.store);
    assertThat(CatalogueCheck.run(new InMemoryStore())).isEmpty();
  }

  static Stream<RecordedRun.Step> recordings() {
    return Stream.of(RecordedRun.ofCalls(), RecordedRun.ofStatements())
        .flatMap(run -> run.steps().stream());
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void nothingIsFoundInWhatTheOriginalStored(RecordedRun.Step step) {
    InMemoryStore store = new InMemoryStore();
    step.after()
        .forEach((key, value) -> store.put(Bytes.utf8(key), Bytes.utf8(value), Previous.DISCARD));
    assertThat(CatalogueCheck.run(store)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "__catalog_name/greptime, SCHEMA, __schema_name/greptime/public",
    "__schema_name/greptime/public, SCHEMA, __schema_name/greptime/public",
    "__table_name/greptime/public/t, NAME, __table_name/greptime/public/t",
    "__table_name/greptime/public/v, NAME, __table_name/greptime/public/v",
    "__table_info/1024, NAME, __table_name/greptime/public/t",
    "__table_info/1024, INFO, __table_route/1024",
    "__table_info/1027, INFO, __view_info/1027",
    "__table_route/1024, ROUTE, __table_route/1024",
    "__table_route/1024, DATANODE_TABLE, __dn_table/1/1024",
    "__table_route/1025, ROUTE, __table_route/1026",
    "__dn_table/2/1024, DATANODE_TABLE, __dn_table/2/1024",
    "__view_info/1027, VIEW, __view_info/1027",
    "__meta_seq-table_id, SEQUENCE, __meta_seq-table_id",
    "__meta_seq-flow_id, SEQUENCE, __meta_seq-flow_id",
    "__flow/name/greptime/f, FLOW, __flow/name/greptime/f",
    "__flow/info/1024, FLOW, __flow/name/greptime/f",
    "__flow/info/1024, FLOW, __flow/route/1024/0",
    "__flow/route/1024/0, FLOW, __flow/route/1024/0",
    "__flow/flownode/7/1024/0, FLOW, __flow/flownode/7/1024/0",
    "__flow/source_table/1024/7/1024/0, FLOW, __flow/source_table/1024/7/1024/0",
  })
  void aMissingKey(String missing, Category category, String key) {
    delete(missing);
    found(category, key);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("each kind of damage is found, and so is what procedures leave behind")
  void eachCategoryIsFound(Category category) {
    switch (category) {
      case UNREADABLE -> put("__table_info/1024", "{");
      case SCHEMA -> delete("__schema_name/greptime/public");
      case NAME -> delete("__table_name/greptime/public/t");
      case INFO -> delete("__table_info/1024");
      case ROUTE -> delete("__table_route/1024");
      case DATANODE_TABLE -> delete("__dn_table/2/1024");
      case TOPIC_REGION -> delete(world.values("__topic_region/").firstKey());
      case VIEW -> delete("__view_info/1027");
      case REPARTITION -> put("__table_repart/5000", "{\"src_to_dst\":{}}");
      case SEQUENCE -> delete("__meta_seq-table_id");
      case FLOW -> delete("__flow/route/1024/0");
      case TOMBSTONE -> put("__tombstone/__table_info/1024", "{}");
      case POISON -> put("/__procedure_poison/table/1024", "{\"token\":\"" + PROCEDURE + "\"}");
      case PROCEDURE -> put("/__procedure__/procedure/" + PROCEDURE + "/0000000000.step", "{}");
    }
    assertThat(findings()).extracting(Finding::category).contains(category);
    assertThatThrownBy(() -> CatalogueAssert.assertAtRest(world.store))
        .isInstanceOf(AssertionError.class);
    if (category.isPassing()) {
      CatalogueAssert.assertConsistent(world.store);
    } else {
      assertThatThrownBy(() -> CatalogueAssert.assertConsistent(world.store))
          .isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void aCommentIsKnownToTheInfoAlone() {
    edit("__table_info/1024", "\"extra_options\":{}", "\"extra_options\":{\"comment\":\"c\"}");
    assertThat(findings()).isEmpty();
    edit("__table_info/1024", "\"comment\":\"c\"", "\"append_mode\":\"true\"");
    assertThat(findings())
        .extracting(Finding::category)
        .containsOnly(Category.DATANODE_TABLE)
        .hasSize(2);
  }

  @Test
  void aMissingTopic() {
    String key = world.values("__topic_region/").firstKey();
    delete(key);
    found(Category.TOPIC_REGION, key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "__table_name/greptime/public/t | 1024 | 1025 | NAME",
        "__table_name/greptime/public/t | 1024 | 3000 | SEQUENCE",
        "__table_info/1024 | \"table_id\":1024 | \"table_id\":1025 | INFO",
        "__table_info/1024 | \"schema_name\":\"public\" | \"schema_name\":\"other\" | SCHEMA",
        "__table_info/1024 | \"name\":\"t\" | \"name\":\"u\" | NAME",
        "__table_route/1024 | \"id\":4398046511104 | \"id\":4402341478400 | ROUTE",
        "__table_route/1024 | \"id\":4398046511105 | \"id\":4398046511104 | ROUTE",
        "__table_route/1024 | \"id\":4398046511105 | \"id\":4398046511114 | ROUTE",
        "__table_route/1026 | 1025 | 1026 | ROUTE",
        "__dn_table/1/1024 | \"engine\":\"mito\" | \"engine\":\"file\" | DATANODE_TABLE",
        "__dn_table/1/1024 | greptime/public | greptime/other | DATANODE_TABLE",
        "__dn_table/1/1024 | \"regions\":[0] | \"regions\":[1] | DATANODE_TABLE",
        "__dn_table/1/1024 | \"table_id\":1024 | \"table_id\":1025 | DATANODE_TABLE",
        "__dn_table/1/1024 | wal.provider | provider | UNREADABLE",
        "__flow/name/greptime/f | 1024 | 1025 | FLOW",
        "__flow/info/1024 | \"flow_name\":\"f\" | \"flow_name\":\"g\" | FLOW",
        "__flow/info/1024 | \"flownode_ids\":{\"0\":7} | \"flownode_ids\":{\"0\":8} | FLOW",
        "__flow/route/1024/0 | \"id\":7 | \"id\":8 | FLOW",
        "__flow/source_table/1024/7/1024/0 | \"id\":7 | \"id\":8 | FLOW",
      })
  void aWrongValue(String key, String from, String to, Category category) {
    edit(key, from, to);
    assertThat(findings()).extracting(Finding::category).contains(category);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "__table_name/greptime/public/u | {\"table_id\":1024} | NAME",
        "__table_name/greptime/public/u | {\"table_id\":1028} | NAME",
        "__table_route/1027 | {\"type\":\"logical\",\"physical_table_id\":1025} | ROUTE",
        "__schema_name/none/public | {} | SCHEMA",
        "__topic_region/topic_9/4398046511104 | {} | TOPIC_REGION",
        "__topic_region/topic_0/21474836480000 | {} | TOPIC_REGION",
        "__flow/name/none/f | {\"flow_id\":1024} | SCHEMA",
        "__flow/flownode/8/1024/0 | {} | FLOW",
        "__flow/flownode/8/1026/0 | {} | FLOW",
        "__flow/route/1024/1 | {\"peer\":{\"id\":7,\"addr\":\"a\"}} | FLOW",
        "__flow/source_table/1025/7/1024/0 | {\"peer\":{\"id\":7,\"addr\":\"a\"}} | FLOW",
      })
  void aKeyTooMany(String key, String value, Category category) {
    put(key, value);
    assertThat(findings()).extracting(Finding::category).contains(category);
  }

  @ParameterizedTest
  @CsvSource({
    "__table_info/1024, __table_info/1028, INFO",
    "__dn_table/1/1024, __dn_table/3/1024, DATANODE_TABLE",
    "__dn_table/1/1024, __dn_table/1/1026, DATANODE_TABLE",
    "__view_info/1027, __view_info/1024, VIEW",
    "__flow/info/1024, __flow/info/1025, FLOW",
  })
  void aCopyInTheWrongPlace(String from, String to, Category category) {
    put(to, world.value(from));
    assertThat(findings()).extracting(Finding::category).contains(category);
  }

  @Test
  void aRepartitionOfNothing() {
    put("__table_repart/5000", "{\"src_to_dst\":{}}");
    found(Category.REPARTITION, "__table_repart/5000");
  }

  @Test
  void sequencesThatGiveIdsInUse() {
    put("__meta_seq-table_id", SequenceKey.encode(1027));
    assertThat(findings()).singleElement().returns(Category.SEQUENCE, Finding::category);
    put("__meta_seq-table_id", SequenceKey.encode(1028));
    assertThat(findings()).isEmpty();
    put("__meta_seq-flow_id", "123");
    found(Category.UNREADABLE, "__meta_seq-flow_id");
  }

  @Test
  void whateverIsStoredTheCheckGoesOn() {
    List<String> bad = List.of("", "{", "[]", "null", "{\"table_id\":-1}", "\u0000\uffff");
    Map<String, String> before = world.values("__");
    for (String key : before.keySet()) {
      if (FAMILIES.stream().noneMatch(key::startsWith)) {
        continue;
      }
      for (String value : bad) {
        put(key, value);
        if (value.equals("{") && !key.startsWith("__flow/flownode/")) {
          found(Category.UNREADABLE, key);
        }
        assertThat(findings()).allMatch(finding -> !finding.reason().isEmpty());
      }
      put(key, before.getOrDefault(key, ""));
    }
    CatalogueAssert.assertAtRest(world.store);
  }

  @ParameterizedTest
  @CsvSource({
    "__table_info/x",
    "__table_info/99999999999",
    "__table_name/greptime/public",
    "__table_route/",
    "__dn_table/1",
    "__topic_region/t/99999999999999999999999",
    "__view_info/v",
    "__flow/info/99999999999",
    "__flow/route/1",
  })
  void keysThatAreNone(String key) {
    put(key, "{}");
    found(Category.UNREADABLE, key);
  }

  @Test
  void whatProceduresLeaveBehindIsNoDamage() {
    put("__tombstone/__table_name/greptime/public/gone", "{\"table_id\":1024}");
    put("/__procedure_poison/table/1024", "{\"token\":\"" + PROCEDURE + "\"}");
    assertThat(findings())
        .extracting(Finding::category, Finding::reason)
        .satisfiesExactly(
            tombstone -> assertThat(tombstone.toList().getFirst()).isEqualTo(Category.TOMBSTONE),
            poison -> assertThat(poison.toList().toString()).contains("held by nobody"));
    put("/__procedure__/procedure/" + PROCEDURE + "/0000000000.step", "{}");
    put("/__procedure__/procedure/" + PROCEDURE + "/0000000001.step", "{}");
    put("/__procedure__/procedure/nonsense", "{}");
    put("__metasrv/quarantine/procedure/" + PROCEDURE, "{}");
    assertThat(findings())
        .extracting(Finding::category)
        .containsExactlyInAnyOrder(
            Category.TOMBSTONE,
            Category.POISON,
            Category.PROCEDURE,
            Category.PROCEDURE,
            Category.PROCEDURE);
    assertThat(findings()).extracting(Finding::reason).noneMatch(text -> text.contains("nobody"));
    CatalogueAssert.assertConsistent(world.store);
    assertThatThrownBy(() -> CatalogueAssert.assertAtRest(world.store))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void largeCataloguesAreReadPageByPage() {
    for (int i = 0; i < 2000; i++) {
      put("__table_name/greptime/public/n%04d".formatted(i), "{\"table_id\":1}");
    }
    assertThat(findings()).hasSize(2000).allMatch(each -> each.category() == Category.NAME);
  }
}
