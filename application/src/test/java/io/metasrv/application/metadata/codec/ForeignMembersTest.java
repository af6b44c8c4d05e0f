package io.metasrv.application.metadata.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Peer;
import io.metasrv.domain.flow.FlowInfo;
import io.metasrv.domain.route.LeaderState;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.SchemaOptions;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableInfoValue;
import io.metasrv.domain.table.ViewInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Recorded values, strewn with members nobody knows, are read, changed and written: every such
 * member is still there. The seed is in the message of a failure.
 */
class ForeignMembersTest {

  private static final int SEEDS = 400;

  /** Objects that are maps, in which every member is known. */
  private static final List<String> MAPS =
      List.of(
          "metadata",
          "extra_options",
          "attrs",
          "region_options",
          "region_wal_options",
          "src_to_dst",
          "flownode_ids",
          "extensions",
          "snapshot_seqs",
          "sst_min_sequences",
          "default_constraint");

  private final Map<String, List<String>> recorded = recorded();

  private static Map<String, List<String>> recorded() {
    Map<String, List<String>> recorded = new LinkedHashMap<>();
    try (InputStream file =
        Objects.requireNonNull(
            ForeignMembersTest.class.getResourceAsStream("/golden/stored-values.tsv"))) {
      new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .forEach(
              line -> {
                String[] pair = line.split("\t", -1);
                String family = pair[0].substring(0, pair[0].lastIndexOf('/'));
                recorded.computeIfAbsent(family, ignored -> new ArrayList<>()).add(pair[1]);
              });
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return recorded;
  }

  /** Strews foreign members over a document. */
  private static final class Sower {

    private final Random random;
    private final boolean flow;
    private final List<String> sown = new ArrayList<>();

    Sower(long seed, boolean flow) {
      this.random = new Random(seed);
      this.flow = flow;
    }

    JsonValue sow(JsonValue value, String at) {
      return switch (value) {
        case JsonValue.Array(List<JsonValue> elements) ->
            new JsonValue.Array(elements.stream().map(each -> sow(each, at)).toList());
        case JsonValue.Object object -> sow(object, at);
        default -> value;
      };
    }

    private JsonValue sow(JsonValue.Object object, String at) {
      if (MAPS.contains(at) || (flow && at.equals("options"))) {
        return object;
      }
      if (at.equals("data_type")) {
        return sowType(object);
      }
      Map<String, JsonValue> members = new LinkedHashMap<>();
      object
          .members()
          .forEach(
              (name, member) -> {
                maybe(members);
                members.put(name, sow(member, name));
              });
      maybe(members);
      return new JsonValue.Object(members);
    }

    private JsonValue sowType(JsonValue.Object type) {
      Map.Entry<String, JsonValue> tagged = type.only();
      boolean hasBody =
          tagged.getValue() instanceof JsonValue.Object
              && !List.of("Timestamp", "Time", "Duration", "Interval").contains(tagged.getKey());
      return hasBody
          ? new JsonValue.Object(Map.of(tagged.getKey(), sow(tagged.getValue(), "type body")))
          : type;
    }

    private void maybe(Map<String, JsonValue> members) {
      if (random.nextInt(3) == 0) {
        String name = "foreign-" + sown.size();
        sown.add(name);
        members.put(name, foreign());
      }
    }

    private JsonValue foreign() {
      return switch (random.nextInt(6)) {
        case 0 -> new JsonValue.Null();
        case 1 -> new JsonValue.Bool(random.nextBoolean());
        case 2 -> new JsonValue.Number(Long.toUnsignedString(random.nextLong()));
        case 3 -> new JsonValue.Number("1.50e3");
        case 4 -> new JsonValue.Text("\"\\\u0001é" + random.nextInt());
        default -> new JsonValue.Object(Map.of("a", new JsonValue.Array(List.of(foreign()))));
      };
    }
  }

  private <T> void assertSurvives(String family, ValueCodec<T> codec, UnaryOperator<T> change) {
    List<String> values =
        recorded.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(family))
            .flatMap(entry -> entry.getValue().stream())
            .toList();
    assertThat(values).isNotEmpty();
    int sown = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      String original = values.get((int) (seed % values.size()));
      Sower sower = new Sower(seed, family.startsWith("__flow"));
      JsonValue document = sower.sow(JsonReader.read(original), "");
      T read = codec.read(JsonReader.read(JsonWriter.text(out -> out.value(document))));
      String unchanged = codec.encodeText(read);
      String changed = codec.encodeText(change.apply(read));

      assertThat(foreign(JsonReader.read(unchanged)))
          .describedAs("seed %d", seed)
          .isEqualTo(foreign(document));
      assertThat(foreign(JsonReader.read(changed)))
          .describedAs("seed %d", seed)
          .isEqualTo(foreign(document));
      assertThat(codec.read(JsonReader.read(unchanged))).isEqualTo(read);
      sown += sower.sown.size();
    }
    assertThat(sown).isGreaterThan(SEEDS / 2);
  }

  /** Where each foreign member is, and what it holds. */
  private static Map<String, JsonValue> foreign(JsonValue document) {
    Map<String, JsonValue> found = new LinkedHashMap<>();
    gather(document, "", found);
    return found;
  }

  private static void gather(JsonValue value, String path, Map<String, JsonValue> found) {
    switch (value) {
      case JsonValue.Array(List<JsonValue> elements) -> {
        for (int i = 0; i < elements.size(); i++) {
          gather(elements.get(i), path + "/" + i, found);
        }
      }
      case JsonValue.Object object ->
          object
              .members()
              .forEach(
                  (name, member) -> {
                    if (name.startsWith("foreign-")) {
                      found.put(path + "/" + name, member);
                    } else {
                      gather(member, path + "/" + name, found);
                    }
                  });
      default -> {}
    }
  }

  @Test
  void givenForeignMembersInRoutesThenAChangeKeepsThem() {
    assertSurvives(
        "__table_route",
        TableRouteCodec.CODEC,
        route ->
            route instanceof TableRoute.Physical physical
                ? physical.next(
                    physical.regions().stream()
                        .map(
                            region ->
                                region
                                    .withLeaderState(Optional.of(LeaderState.DOWNGRADING), 7)
                                    .mapPeers(peer -> new Peer(peer.id(), "new:1")))
                        .toList())
                : route);
  }

  @Test
  void givenForeignMembersInInfosThenAChangeKeepsThem() {
    assertSurvives("__table_info", TableInfoValueCodec.CODEC, ForeignMembersTest::altered);
  }

  private static TableInfoValue altered(TableInfoValue value) {
    TableInfo info = value.info();
    var schema = info.meta().schema();
    return value.next(
        info.withName("renamed")
            .withDesc(Optional.of("a comment"))
            .withIdent(info.ident().next())
            .withMeta(
                info.meta()
                    .withUpdatedOn(Instant.EPOCH)
                    .withOptions(info.meta().options().withExtraOption("append_mode", "true"))
                    .withSchema(
                        schema.next(
                            schema.columns().stream()
                                .map(column -> column.withMetadata("k", "v"))
                                .toList()))));
  }

  @Test
  void givenForeignMembersInFlowsThenAChangeKeepsThem() {
    assertSurvives(
        "__flow/info",
        FlowInfoCodec.CODEC,
        (FlowInfo flow) -> flow.withComment("another", Instant.EPOCH));
  }

  @Test
  void givenForeignMembersInViewsThenAChangeKeepsThem() {
    assertSurvives(
        "__view_info",
        ViewInfoCodec.CODEC,
        (ViewInfo view) ->
            view.next(
                view.plan(),
                new LinkedHashSet<>(view.tableNames()),
                List.of("another"),
                view.planColumns(),
                "another"));
  }

  @Test
  void givenForeignMembersInSchemasAndDatanodeTablesThenAChangeKeepsThem() {
    assertSurvives(
        "__schema_name",
        SchemaOptionsCodec.CODEC,
        (SchemaOptions schema) -> schema.withTtl(Optional.empty()));
    assertSurvives(
        "__dn_table",
        DatanodeTableCodec.CODEC,
        table -> table.with(table.regions(), table.info().withOptions(new LinkedHashMap<>())));
  }
}
