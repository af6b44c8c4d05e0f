package io.metasrv.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.catalogue.CatalogueHandler;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.options.HttpOptions;
import io.metasrv.application.port.Previous;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import io.metasrv.testkit.store.InterceptedStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Databases and tables over a real socket, on a store that the original wrote. */
class CatalogueRoutesTest {

  private static final String ROUTE_OF_SINK = "__table_route/1032";

  private final InMemoryStore store = recorded();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server =
      new HttpServer(
          HttpOptions.defaults().withAddr("127.0.0.1:0"),
          new HttpServices(
              new InMemoryAdmin(),
              new InMemoryProcedures(),
              new CatalogueHandler(new InterceptedStore(store, new Outage())),
              new InMemoryAdmin()::readiness,
              new PrometheusMetrics(),
              () -> "",
              new FixedLevels(),
              new BuildInfo("0", "0", "", "", "", "")),
          Duration.ofSeconds(1));

  private volatile boolean storeFails;

  private final class Outage implements InterceptedStore.Interceptor {
    @Override
    public <T> T around(InterceptedStore.Call call, Supplier<T> proceed) {
      if (storeFails) {
        throw new StoreException.Unavailable("etcd at 10.0.0.9 does not answer");
      }
      return proceed.get();
    }
  }

  private static final class FixedLevels implements LogLevels {
    @Override
    public String current() {
      return "info";
    }

    @Override
    public void change(String directives) {
      throw new IllegalArgumentException("fixed");
    }
  }

  /** What GreptimeDB v1.1.4 had stored after the recorded statements. */
  private static InMemoryStore recorded() {
    InMemoryStore store = new InMemoryStore();
    try (InputStream in =
        Objects.requireNonNull(
            CatalogueRoutesTest.class.getResourceAsStream("/golden/catalogue.tsv"))) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t", -1))
          .forEach(pair -> store.put(Bytes.utf8(pair[0]), Bytes.utf8(pair[1]), Previous.DISCARD));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return store;
  }

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
    client.close();
  }

  private HttpResponse<String> get(String path) {
    try {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode json(String path) {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    return JsonMapper.shared().readTree(response.body());
  }

  private static List<String> texts(JsonNode array, String member) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.path(member).asString()));
    return texts;
  }

  private void broken(String key) {
    store.put(Bytes.utf8(key), Bytes.utf8("{\"broken\":"), Previous.DISCARD);
  }

  @Test
  void databasesHaveTheirOptionsAndTheNumberOfTheirTables() {
    JsonNode databases = json("/admin/databases").path("databases");

    assertThat(texts(databases, "name"))
        .containsExactly("gdb", "greptime_private", "information_schema", "public");
    assertThat(databases.path(0).toString())
        .isEqualTo(
            "{\"catalog\":\"greptime\",\"name\":\"gdb\",\"ttl\":\"10days\",\"options\":{},\"tables\":8}");
    assertThat(databases.path(3).path("tables").asLong()).isEqualTo(1);
  }

  @Test
  void tablesOfEveryKindAreListedByName() {
    JsonNode tables = json("/admin/tables?database=gdb").path("tables");

    assertThat(texts(tables, "name"))
        .containsExactly("log1", "log2", "phy", "sink", "t1r", "tp", "types", "v1");
    assertThat(texts(tables, "kind"))
        .containsExactly(
            "metric logical",
            "metric logical",
            "metric physical",
            "base",
            "base",
            "base",
            "base",
            "view");
    assertThat(tables.path(0).path("physical_table_id").asLong()).isEqualTo(1028);
    assertThat(tables.path(5).path("partitions").asLong()).isEqualTo(4);
    assertThat(tables.path(5).path("id").asLong()).isEqualTo(1027);
    assertThat(tables.path(5).path("engine").asString()).isEqualTo("mito");
    assertThat(json("/admin/tables?database=greptime.gdb").path("tables")).isEqualTo(tables);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 9, 100})
  void whateverTheSizeOfPagesEveryTableComesOnce(int limit) {
    List<String> all = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = json("/admin/tables?limit=" + limit + "&after=" + after);
      assertThat(page.path("tables").size()).isBetween(1, limit);
      all.addAll(texts(page.path("tables"), "name"));
      after = page.path("next").asString("");
    } while (!after.isEmpty());

    assertThat(all)
        .containsExactly("log1", "log2", "phy", "sink", "t1r", "tp", "types", "v1", "s3t");
  }

  @Test
  void aPageOfOneDatabaseEndsWithThatDatabase() {
    JsonNode page = json("/admin/tables?database=gdb&limit=3&after=greptime/gdb/t1r");

    assertThat(texts(page.path("tables"), "name")).containsExactly("tp", "types", "v1");
    assertThat(page.has("next")).isFalse();
    assertThat(get("/admin/tables?database=public&after=greptime/gdb/t1r").statusCode())
        .isEqualTo(400);
  }

  @Test
  void aTableShowsItsColumnsItsRegionsAndWhoReadsIt() {
    JsonNode table = json("/admin/tables/greptime.gdb.tp");

    assertThat(table.path("id").asLong()).isEqualTo(1027);
    assertThat(table.path("comment").asString()).isEqualTo("hello");
    assertThat(table.path("partition_columns").toString()).isEqualTo("[\"host\",\"n\"]");
    assertThat(table.path("time_index").asString()).isEqualTo("ts");
    JsonNode host = table.path("columns").path(0);
    assertThat(host.path("name").asString()).isEqualTo("host");
    assertThat(host.path("type").asString()).isEqualTo("String");
    assertThat(host.path("semantic").asString()).isEqualTo("Tag");
    JsonNode region = table.path("route").path("regions").path(0);
    assertThat(region.path("number").asLong()).isZero();
    assertThat(region.path("id").asLong()).isEqualTo(4410931412992L);
    assertThat(region.path("leader").toString())
        .isEqualTo("{\"id\":0,\"address\":\"127.0.0.1:29001\"}");
    assertThat(region.path("state").asString()).isEqualTo("Leading");
    assertThat(region.path("partition").asString()).isEqualTo("host < 'h'");
    assertThat(table.path("datanode_tables").toString())
        .isEqualTo(
            "[{\"datanode\":0,\"leaders\":[0,3],\"followers\":[]},"
                + "{\"datanode\":1,\"leaders\":[1],\"followers\":[]},"
                + "{\"datanode\":2,\"leaders\":[2],\"followers\":[]}]");
    assertThat(table.path("flows").path(0).path("name").asString()).isEqualTo("f1");
    assertThat(table.path("flows").path(0).path("sink_table").asString())
        .isEqualTo("greptime.gdb.sink");
    assertThat(table.has("problems")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1027", "gdb.tp", "greptime.gdb.tp", "%67db.tp"})
  void aTableIsFoundByItsIdAndEachFormOfItsName(String text) {
    assertThat(json("/admin/tables/" + text).path("name").asString()).isEqualTo("tp");
  }

  @Test
  void aTableOfTheDefaultDatabaseNeedsNoMoreThanItsName() {
    assertThat(json("/admin/tables/s3t").path("database").asString()).isEqualTo("public");
  }

  @Test
  void aPhysicalTableCountsTheLogicalOnesAndTheyNameIt() {
    assertThat(json("/admin/tables/gdb.phy").path("logical_tables").toString())
        .isEqualTo(
            "{\"count\":2,\"tables\":[{\"id\":1029,\"name\":\"greptime.gdb.log1\"},"
                + "{\"id\":1030,\"name\":\"greptime.gdb.log2\"}]}");
    assertThat(json("/admin/tables/gdb.log1").path("physical_table").toString())
        .isEqualTo("{\"id\":1028,\"name\":\"greptime.gdb.phy\"}");
  }

  @Test
  void aViewShowsItsDefinition() {
    JsonNode view = json("/admin/tables/gdb.v1");

    assertThat(view.path("kind").asString()).isEqualTo("view");
    assertThat(view.path("view").path("definition").asString()).containsIgnoringCase("select");
    assertThat(view.path("view").path("reads").toString()).contains("greptime.gdb.");
    assertThat(view.has("route")).isFalse();
  }

  @Test
  void aTopicAndADowngradeAreShown() {
    String node = "__dn_table/2/1032";
    store.put(
        Bytes.utf8(node),
        Bytes.utf8(
            store
                .get(Bytes.utf8(node))
                .orElseThrow()
                .toUtf8()
                .replace(
                    "{\\\"wal.provider\\\":\\\"raft_engine\\\"}",
                    "{\\\"wal.provider\\\":\\\"kafka\\\",\\\"wal.kafka.topic\\\":\\\"topic_7\\\"}")),
        Previous.DISCARD);
    store.put(
        Bytes.utf8(ROUTE_OF_SINK),
        Bytes.utf8(
            store
                .get(Bytes.utf8(ROUTE_OF_SINK))
                .orElseThrow()
                .toUtf8()
                .replace(
                    "\"leader_down_since\":null",
                    "\"leader_state\":\"Downgrading\",\"leader_down_since\":1700000000000")),
        Previous.DISCARD);

    JsonNode region = json("/admin/tables/1032").path("route").path("regions").path(0);

    assertThat(region.path("wal_topic").asString()).isEqualTo("topic_7");
    assertThat(region.path("state").asString()).isEqualTo("Downgrading");
    assertThat(region.path("leader_down_since_ms").asLong()).isEqualTo(1700000000000L);
  }

  @Test
  void whatCannotBeReadIsNamedAndDoesNotFailTheLists() {
    broken("__schema_name/greptime/public");
    broken("__table_info/1025");
    broken(ROUTE_OF_SINK);
    broken("__table_name/greptime/gdb/types");
    store.put(Bytes.utf8("__table_name/greptime/gdb/"), Bytes.utf8("{}"), Previous.DISCARD);

    JsonNode databases = json("/admin/databases");
    assertThat(texts(databases.path("databases"), "name")).contains("public", "gdb");
    assertThat(texts(databases.path("problems"), "key"))
        .containsExactly("__schema_name/greptime/public");

    JsonNode tables = json("/admin/tables?database=gdb");
    assertThat(texts(tables.path("tables"), "name"))
        .containsExactly("log1", "log2", "phy", "sink", "t1r", "tp", "types", "v1");
    assertThat(texts(tables.path("tables"), "kind")).element(4).isEqualTo("unknown");
    assertThat(texts(tables.path("problems"), "key"))
        .containsExactlyInAnyOrder(
            "__table_name/greptime/gdb/",
            "__table_name/greptime/gdb/types",
            "__table_info/1025",
            ROUTE_OF_SINK);
  }

  @Test
  void aTableWithABrokenValueShowsTheRest() {
    broken("__table_info/1027");
    store.delete(Bytes.utf8("__dn_table/1/1027"), Previous.DISCARD);

    JsonNode table = json("/admin/tables/gdb.tp");

    assertThat(table.path("name").asString()).isEqualTo("tp");
    assertThat(table.path("route").path("regions").size()).isEqualTo(4);
    assertThat(texts(table.path("problems"), "key"))
        .containsExactly("__table_info/1027", "__dn_table/1/1027");
    assertThat(table.path("problems").path(0).path("reason").asString()).contains("cannot be read");
    broken("__table_name/greptime/gdb/sink");
    assertThat(texts(json("/admin/tables/gdb.sink").path("problems"), "key"))
        .containsExactly("__table_name/greptime/gdb/sink");
    broken(ROUTE_OF_SINK);
    assertThat(json("/admin/tables/1032").path("name").asString()).isEqualTo("sink");
  }

  @Test
  void aStoreThatFailsIsSaidWithItsReasonAndNotMasked() {
    storeFails = true;

    for (String path : List.of("/admin/databases", "/admin/tables", "/admin/tables/gdb.tp")) {
      HttpResponse<String> response = get(path);
      assertThat(response.statusCode()).as(path).isGreaterThanOrEqualTo(500);
      assertThat(response.body()).contains("\"error\":\"etcd at 10.0.0.9 does not answer\"");
    }
  }

  @Test
  void aNameThatMayMeanTwoTablesHasToBeAskedForById() {
    store.put(
        Bytes.utf8("__table_name/greptime/public/gdb.tp"),
        Bytes.utf8("{\"table_id\":1024}"),
        Previous.DISCARD);

    HttpResponse<String> response = get("/admin/tables/gdb.tp");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains("__table_name/greptime/gdb/tp")
        .contains("__table_name/greptime/public/gdb.tp")
        .contains("ask by id");
  }

  @ParameterizedTest
  @CsvSource({
    "/admin/tables/none, 404, There is no table none",
    "/admin/tables/4000000000, 404, There is no table 4000000000",
    "/admin/tables/4294967296, 400, expected an id from 0 to 4294967295",
    "/admin/tables/-1, 400, expected an id",
    "/admin/tables/gdb.., 404, There is no table",
    "/admin/tables/..., 404, There is no table",
    "/admin/tables?limit=0, 400, limit must be a number from 1 to 1000",
    "/admin/tables?limit=many, 400, limit must be a number from 1 to 1000",
    "/admin/tables?database=none, 400, There is no database none",
    "/admin/tables?after=x, 400, after must be the member next",
    "/admin/tables/, 404, ''",
    "/admin/tables/a/b, 404, ''",
  })
  void whatIsNotThereOrMakesNoSenseIsSaid(String path, int status, String words) {
    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains(words);
  }
}
