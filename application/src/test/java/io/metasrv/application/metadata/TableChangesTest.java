package io.metasrv.application.metadata;

import static io.metasrv.application.metadata.Failures.assertFails;
import static io.metasrv.application.metadata.Failures.assertUnexpected;
import static io.metasrv.application.metadata.Samples.TABLE;
import static io.metasrv.application.metadata.Samples.info;
import static io.metasrv.application.metadata.Samples.name;
import static io.metasrv.application.metadata.Samples.route;
import static io.metasrv.application.metadata.Samples.topics;
import static io.metasrv.application.metadata.Samples.withTtl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.metadata.TroubledStore.Trouble;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.route.RegionDistribution;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableInfoValue;
import io.metasrv.domain.table.ViewInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableChangesTest {

  private final TroubledStore store = new TroubledStore();
  private final TableMetadata metadata = new TableMetadata(store);

  private Stored<TableInfoValue> current() {
    return metadata.infos().get(TABLE).orElseThrow();
  }

  private RegionDistribution distribution() {
    return metadata.routes().distribution(TABLE).orElseThrow();
  }

  @Test
  void case11_givenAnotherNameThenOnlyNameAndVersionOfTheInfoChange() {
    metadata.createTable(info(), route(TABLE, 1), RegionWalOptions.NONE);
    store.set("__table_name/greptime/public/monitor", "{\"table_id\":1024,\"new\":1}");
    Stored<TableInfoValue> before = current();

    metadata.renameTable(before, "renamed");
    metadata.renameTable(before, "renamed");

    TableInfoValue after = current().value();
    assertThat(metadata.names().exists(name("monitor"))).isFalse();
    assertThat(store.at("__table_name/greptime/public/renamed"))
        .isEqualTo("{\"table_id\":1024,\"new\":1}");
    assertThat(after.version()).isEqualTo(1);
    assertThat(after.info()).isEqualTo(before.value().info().withName("renamed"));
    assertUnexpected(
        () -> metadata.renameTable(before, "third"), "Unexpected: Reads the different value: ");
  }

  @Test
  void givenANewNameThatIsTakenThenNothingChanges() {
    metadata.createTable(info(), route(TABLE, 1), RegionWalOptions.NONE);
    store.set("__table_name/greptime/public/taken", "{\"table_id\":7}");
    Map<String, String> before = store.content();

    assertFails(
        () -> metadata.renameTable(current(), "taken"),
        StatusCode.TABLE_ALREADY_EXISTS,
        "Table already exists, table: greptime.public.taken");
    assertThat(store.content()).isEqualTo(before);
  }

  @Test
  void case12_givenOtherOptionsThenEveryDatanodeLearnsThemAndElseNone() {
    metadata.createTable(info(), route(TABLE, 1, 2), topics("t0", "t1"));
    String wal = store.at("__dn_table/1/1024").replaceAll(".*region_wal_options", "");

    metadata.updateTableInfo(
        current(), Optional.of(distribution()), withTtl(current().value().info(), "7days"));

    assertThat(current().value().version()).isEqualTo(1);
    assertThat(store.at("__dn_table/1/1024"))
        .contains("\"region_options\":{\"ttl\":\"7days\"}")
        .endsWith(wal);
    assertThat(store.at("__dn_table/2/1024"))
        .contains("\"regions\":[1]")
        .contains("\"region_options\":{\"ttl\":\"7days\"}")
        .endsWith(wal);

    metadata.updateTableInfo(
        current(),
        Optional.of(distribution()),
        current().value().info().withDesc(Optional.of("a comment")));
    assertThat(store.txns.getLast().success()).hasSize(1);
    assertThat(current().value().version()).isEqualTo(2);
  }

  @Test
  void givenADatanodeWithOtherOptionsThenItIsRepairedWithTheOthers() {
    metadata.createTable(info(), route(TABLE, 1, 2), RegionWalOptions.NONE);
    store.set(
        "__dn_table/2/1024",
        store
            .at("__dn_table/2/1024")
            .replace("\"region_options\":{}", "\"region_options\":{\"a\":\"b\"}"));

    metadata.updateTableInfo(
        current(), Optional.of(distribution()), current().value().info().withName("monitor"));

    assertThat(store.at("__dn_table/2/1024")).contains("\"region_options\":{}");
  }

  @Test
  void givenNoLowestDatanodeThenTheErrorNamesIt() {
    metadata.createTable(info(), route(TABLE, 1, 2), RegionWalOptions.NONE);
    RegionDistribution wrong = route(TABLE, 0, 2).distribution();

    assertFails(
        () -> metadata.updateTableInfo(current(), Optional.of(wrong), info()),
        StatusCode.INTERNAL,
        "Datanode table info not found, table id: 1024, datanode id: 0");
    assertThatThrownBy(
            () ->
                metadata.updateTableInfo(
                    current(), Optional.of(RegionDistribution.of(List.of())), info()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givenMoreDatanodesThanATransactionTakesThenACrashAnywhereIsMended() {
    long[] leaders = {1, 2, 3, 4, 5, 6, 7, 8};
    for (int crashAt = 0; crashAt < 5; crashAt++) {
      TroubledStore small = new TroubledStore(4);
      TableMetadata limited = new TableMetadata(small);
      limited.createTable(info(), route(TABLE, leaders), RegionWalOptions.NONE);
      Stored<TableInfoValue> before = limited.infos().get(TABLE).orElseThrow();
      TableInfo changed = withTtl(before.value().info(), "1day");
      Optional<RegionDistribution> where = limited.routes().distribution(TABLE);
      for (int i = 0; i < crashAt; i++) {
        small.troubles.add(Trouble.NONE);
      }
      small.troubles.add(Trouble.CRASH);
      try {
        limited.updateTableInfo(before, where, changed);
      } catch (TroubledStore.Crash crash) {
        limited.updateTableInfo(before, where, changed);
      }
      assertThat(limited.infos().get(TABLE).orElseThrow().value().version()).isEqualTo(1);
      for (long node : leaders) {
        assertThat(small.at("__dn_table/" + node + "/1024")).contains("\"ttl\":\"1day\"");
      }
    }
  }

  @Test
  void givenManyInfosThenTheyAreChangedInGroupsAndAgainAfterACrash() {
    List<InfoUpdate> updates = new ArrayList<>();
    TroubledStore small = new TroubledStore(4);
    TableMetadata limited = new TableMetadata(small);
    for (int i = 0; i < 10; i++) {
      TableId table = new TableId(2000 + i);
      limited.createTable(info(table, "t" + i), route(table, 1), RegionWalOptions.NONE);
      Stored<TableInfoValue> before = limited.infos().get(table).orElseThrow();
      updates.add(new InfoUpdate(before, withTtl(before.value().info(), "1day")));
    }
    small.troubles.addAll(List.of(Trouble.NONE, Trouble.LOST_ANSWER, Trouble.CRASH));
    assertThatThrownBy(() -> limited.updateTableInfos(updates))
        .isInstanceOf(TroubledStore.Crash.class);
    limited.updateTableInfos(updates.reversed());

    assertThat(limited.infos().batchGet(updates.stream().map(u -> u.changed().tableId()).toList()))
        .hasSize(10)
        .allSatisfy((table, stored) -> assertThat(stored.value().version()).isEqualTo(1));
    assertUnexpected(
        () ->
            limited.updateTableInfos(
                List.of(
                    new InfoUpdate(
                        updates.getFirst().current(),
                        withTtl(updates.getFirst().changed(), "2days")))),
        "Unexpected: Reads the different value: ");
  }

  @Test
  void givenViewsThenTheyAreMadeReplacedAndRemoved() {
    TableId view = new TableId(1026);
    metadata.createView(Samples.viewInfo(view, "v"), Samples.view("SELECT 1"));
    metadata.createView(Samples.viewInfo(view, "v"), Samples.view("SELECT 1"));
    assertThat(store.content()).hasSize(3);
    assertUnexpected(
        () -> metadata.createView(Samples.viewInfo(view, "v"), Samples.view("SELECT 2")),
        "Unexpected: Reads the different value: ");
    assertFails(
        () ->
            metadata.createView(Samples.viewInfo(new TableId(1027), "v"), Samples.view("SELECT 2")),
        StatusCode.TABLE_ALREADY_EXISTS,
        "Table already exists, table: greptime.public.v");

    Stored<ViewInfo> before = metadata.views().get(view).orElseThrow();
    metadata.updateView(view, before, Samples.view("SELECT 2"));
    metadata.updateView(view, before, Samples.view("SELECT 2"));

    ViewInfo after = metadata.views().get(view).orElseThrow().value();
    assertThat(after.version()).isEqualTo(1);
    assertThat(after.definition()).isEqualTo("SELECT 2");
    assertThat(metadata.get(view).route()).isEmpty();
    metadata.destroyView(view, name("v"));
    assertThat(store.content()).isEmpty();
  }

  @Test
  void givenSchemasThenTheyAreMadeChangedAndRemoved() {
    SchemaManager schemas = metadata.schemas();
    metadata.catalogs().create("greptime");
    var options = io.metasrv.domain.table.SchemaOptions.none();
    assertThat(schemas.create("greptime", "a", options)).isTrue();
    assertThat(schemas.create("greptime", "a", options)).isTrue();
    var changed = options.withTtl(Optional.of(new io.metasrv.domain.table.TimeToLive.Forever()));
    assertThat(schemas.create("greptime", "a", changed)).isFalse();

    var before = schemas.get("greptime", "a").orElseThrow();
    schemas.update("greptime", "a", before, changed);
    schemas.update("greptime", "a", before, changed);

    assertThat(store.at("__schema_name/greptime/a"))
        .isEqualTo("{\"ttl\":\"forever\",\"extra_options\":{}}");
    assertUnexpected(
        () -> schemas.update("greptime", "a", before, options.withExtraOptions(changedExtra())),
        "Unexpected: Reads the different value: ");
    assertThat(schemas.names("greptime")).containsExactly("a");
    assertThat(metadata.catalogs().names()).containsExactly("greptime");
    schemas.delete("greptime", "a");
    assertUnexpected(
        () -> schemas.update("greptime", "a", before, options),
        "Unexpected: Reads the empty schema name in comparing operation of the updating schema name"
            + " value");
  }

  private static java.util.SequencedMap<String, String> changedExtra() {
    return new java.util.LinkedHashMap<>(Map.of("append_mode", "true"));
  }

  @Test
  void givenAListingWithAForeignKeyThenItIsLeftOut() {
    metadata.createTable(info(), route(TABLE, 1), RegionWalOptions.NONE);
    store.set("__table_name/greptime/public/my table", "{\"table_id\":9}");

    assertThat(metadata.names().tables("greptime", "public")).isEqualTo(Map.of("monitor", TABLE));
    assertThat(metadata.datanodeTables().tables(1)).hasSize(1);
  }

  @Test
  void givenAStoredValueInAProcedureThenItsBytesAreTheOriginalOnes() {
    store.set("__schema_name/greptime/b", "{ \"ttl\": null, \"x\": 1 }");
    var stored = metadata.schemas().get("greptime", "b").orElseThrow();

    String json = io.metasrv.application.json.JsonWriter.text(stored::write);

    assertThat(json).isEqualTo("\"{ \\\"ttl\\\": null, \\\"x\\\": 1 }\"");
    assertThat(
            Stored.read(
                io.metasrv.application.json.JsonReader.read(json),
                io.metasrv.application.metadata.codec.SchemaOptionsCodec.CODEC))
        .isEqualTo(stored);
  }
}
