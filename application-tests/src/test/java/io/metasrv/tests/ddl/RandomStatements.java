package io.metasrv.tests.ddl;

import io.metasrv.application.metadata.codec.FlowIdCodec;
import io.metasrv.application.metadata.codec.TableNameValueCodec;
import io.metasrv.client.MetaClient;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.key.FlowNameKey;
import io.metasrv.domain.key.TableNameKey;
import io.metasrv.domain.table.TableName;
import io.metasrv.nodes.frontend.DdlRequests;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Statements of one session, over so few names that sessions get into each other's way. What is
 * dropped or truncated is looked up in the store first, as frontends do, and may have changed by
 * the time the statement runs.
 */
final class RandomStatements {

  /** Kinds of statements, each with its share of fifty. */
  enum Kind {
    CREATE_TABLE(6),
    CREATE_PHYSICAL(1),
    CREATE_LOGICAL(3),
    ADD_COLUMN(4),
    ADD_TAG_TO_LOGICAL(2),
    DROP_COLUMN(2),
    SET_OPTION(2),
    RENAME(4),
    TRUNCATE(2),
    COMMENT_ON_TABLE(2),
    COMMENT_ON_COLUMN(1),
    COMMENT_ON_FLOW(1),
    DROP_TABLE(4),
    CREATE_VIEW(3),
    DROP_VIEW(2),
    CREATE_FLOW(3),
    DROP_FLOW(2),
    CREATE_DATABASE(3),
    ALTER_DATABASE(2),
    DROP_DATABASE(1);

    private final int share;

    Kind(int share) {
      this.share = share;
    }
  }

  /** A statement and what it is. */
  record Statement(Kind kind, DdlTaskRequest request) {}

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123456789Z");
  private static final List<String> DATABASES = List.of("public", "db1", "db2");
  private static final List<String> TABLES = List.of("a", "b", "c", "d");
  private static final List<String> LOGICAL = List.of("l1", "l2", "l3");
  private static final List<String> VIEWS = List.of("v", "a");
  private static final List<String> FLOWS = List.of("f", "g");
  private static final String PHYSICAL = "phy";
  private static final String[][] BOUNDS = {{}, {"h"}, {"h", "p"}};

  private final MetaClient client;
  private final Random random;

  RandomStatements(MetaClient client, Random random) {
    this.client = client;
    this.random = random;
  }

  /** What there is before: databases, and in each tables, a view, tables of the metric engine. */
  static List<DdlTaskRequest> first() {
    List<DdlTaskRequest> first = new ArrayList<>();
    for (String database : DATABASES) {
      DdlRequests sql = DdlRequests.of(database, NOW);
      first.add(sql.createDatabase(database, true));
      for (int i = 0; i < BOUNDS.length; i++) {
        first.add(sql.createTable(sql.name(TABLES.get(i)), false, BOUNDS[i]));
      }
      first.add(sql.createView(sql.name(VIEWS.getFirst()), "SELECT 1", false));
      first.add(sql.createPhysical(sql.name(PHYSICAL), false));
      first.add(sql.createLogical(false, PHYSICAL, sql.name("l1"), sql.name("l4")));
    }
    DdlRequests sql = DdlRequests.of(DATABASES.getFirst(), NOW);
    FLOWS.forEach(flow -> first.add(sql.createFlow(flow, sql.name("b"), sql.name("sink"), false)));
    return first;
  }

  /** Kinds of this many statements in random order, each kind with its share. */
  static List<Kind> kinds(int statements, Random random) {
    List<Kind> kinds = new ArrayList<>();
    while (kinds.size() < statements) {
      for (Kind kind : Kind.values()) {
        kinds.addAll(Collections.nCopies(kind.share, kind));
      }
    }
    Collections.shuffle(kinds, random);
    return kinds.subList(0, statements);
  }

  /** A statement of the kind. */
  Statement next(Kind kind) {
    DdlRequests sql = DdlRequests.of(any(DATABASES), NOW);
    TableName table = sql.name(any(TABLES));
    DdlTaskRequest request =
        switch (kind) {
          case CREATE_TABLE ->
              sql.createTable(table, random.nextBoolean(), BOUNDS[random.nextInt(BOUNDS.length)]);
          case CREATE_PHYSICAL -> sql.createPhysical(sql.name(PHYSICAL), random.nextBoolean());
          case CREATE_LOGICAL ->
              sql.createLogical(
                  random.nextBoolean(), PHYSICAL, sql.name(any(LOGICAL)), sql.name("l4"));
          case ADD_COLUMN ->
              random.nextBoolean()
                  ? sql.addField(table, "f" + random.nextInt(3))
                  : sql.addTag(table, "t" + random.nextInt(2));
          case ADD_TAG_TO_LOGICAL ->
              sql.addTagToLogical("t" + random.nextInt(3), sql.name(any(LOGICAL)), sql.name("l4"));
          case DROP_COLUMN -> sql.dropColumn(table, "f" + random.nextInt(3));
          case SET_OPTION -> sql.setOption(table, "ttl", random.nextInt(1, 9) + "d");
          case RENAME -> sql.rename(table, any(TABLES));
          case TRUNCATE -> sql.truncate(table, tableId(table));
          case COMMENT_ON_TABLE -> sql.comment(table, "comment " + random.nextInt(9));
          case COMMENT_ON_COLUMN ->
              sql.commentOnColumn(table, "cpu", "comment " + random.nextInt(9));
          case COMMENT_ON_FLOW -> sql.commentOnFlow(any(FLOWS), "comment " + random.nextInt(9));
          case DROP_TABLE -> drop(sql);
          case CREATE_VIEW ->
              sql.createView(sql.name(any(VIEWS)), "SELECT 1", random.nextBoolean());
          case DROP_VIEW -> dropView(sql);
          case CREATE_FLOW ->
              sql.createFlow(any(FLOWS), table, sql.name("sink"), random.nextBoolean());
          case DROP_FLOW -> dropFlow(sql);
          case CREATE_DATABASE -> sql.createDatabase(other(), random.nextBoolean());
          case ALTER_DATABASE -> sql.setDatabaseOption(other(), "ttl", random.nextInt(1, 9) + "d");
          case DROP_DATABASE -> sql.dropDatabase(other(), random.nextBoolean());
        };
    return new Statement(kind, request);
  }

  private DdlTaskRequest drop(DdlRequests sql) {
    TableName name =
        switch (random.nextInt(8)) {
          case 0 -> sql.name(PHYSICAL);
          case 1, 2 -> sql.name(any(LOGICAL));
          default -> sql.name(any(TABLES));
        };
    return sql.dropTable(name, tableId(name), random.nextBoolean());
  }

  private DdlTaskRequest dropView(DdlRequests sql) {
    TableName name = sql.name(any(VIEWS));
    return sql.dropView(name, tableId(name));
  }

  private DdlTaskRequest dropFlow(DdlRequests sql) {
    String flow = any(FLOWS);
    Bytes key = new FlowNameKey(DdlWorld.CATALOG, flow).toBytes();
    long id = client.store().get(key).map(raw -> FlowIdCodec.CODEC.decode(key, raw)).orElse(1L);
    return sql.dropFlow(flow, id);
  }

  private <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  /** A database that may be dropped. */
  private String other() {
    return DATABASES.get(random.nextInt(1, DATABASES.size()));
  }

  private long tableId(TableName name) {
    Bytes key = TableNameKey.of(name).toBytes();
    return client
        .store()
        .get(key)
        .map(raw -> TableNameValueCodec.CODEC.decode(key, raw).tableId().value())
        .orElse(1L);
  }
}
