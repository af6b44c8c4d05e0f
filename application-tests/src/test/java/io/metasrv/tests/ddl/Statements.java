package io.metasrv.tests.ddl;

import com.google.protobuf.ByteString;
import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.comment.CommentOn;
import io.metasrv.application.ddl.comment.CommentTarget;
import io.metasrv.application.ddl.createtable.CreateTable;
import io.metasrv.application.ddl.flow.FlowDrop;
import io.metasrv.application.ddl.flow.NewFlow;
import io.metasrv.application.ddl.view.NewView;
import io.metasrv.application.ddl.view.ViewDrop;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metadata.WalOptionsAllocator;
import io.metasrv.application.metadata.codec.TableInfoCodec;
import io.metasrv.application.port.Previous;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.Peer;
import io.metasrv.domain.TableId;
import io.metasrv.domain.UnknownMembers;
import io.metasrv.domain.table.Schema;
import io.metasrv.domain.table.TableIdent;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableMeta;
import io.metasrv.domain.table.TableName;
import io.metasrv.domain.table.TableOptions;
import io.metasrv.domain.table.TableType;
import io.metasrv.protocol.v1.CreateFlowExpr;
import io.metasrv.protocol.v1.CreateViewExpr;
import io.metasrv.protocol.v1.meta.CreateFlowTask;
import io.metasrv.protocol.v1.meta.CreateTableTask;
import io.metasrv.protocol.v1.meta.CreateViewTask;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A leader with datanodes and a flownode, and statements about databases, views and flows. */
final class Statements {

  static final Peer FLOWNODE = new Peer(7, "127.0.0.1:6800");

  final DdlWorld world;
  final Flownodes flownodes = new Flownodes();
  private List<Peer> flowPeers = List.of(FLOWNODE);

  Statements() {
    this(new DdlWorld());
  }

  Statements(DdlWorld world) {
    this.world = world;
  }

  /** A leader on recorded content whose next ids are these. */
  static Statements on(Map<String, String> content, long nextTable, long nextFlow) {
    InMemoryStore store = new InMemoryStore();
    content.forEach(
        (key, value) -> store.put(Bytes.utf8(key), Bytes.utf8(value), Previous.DISCARD));
    sequence(store, "__meta_seq-table_id", nextTable);
    sequence(store, "__meta_seq-flow_id", nextFlow);
    return new Statements(new DdlWorld(store, WalOptionsAllocator.raftEngine()));
  }

  private static void sequence(InMemoryStore store, String key, long next) {
    byte[] value = new byte[Long.BYTES];
    ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).putLong(next);
    store.put(Bytes.utf8(key), Bytes.wrap(value), Previous.DISCARD);
  }

  /** New flows go there. */
  void placeFlowsOn(Peer flownode) {
    flowPeers = List.of(flownode);
  }

  /** What procedures of the current leader work with. */
  DdlContext context() {
    DdlContext context = world.context();
    return new DdlContext(
        context.term(),
        context.tables(),
        context.flows(),
        context.allocator(),
        context.flowIds(),
        partitions -> flowPeers,
        context.datanodes(),
        flownodes,
        context.caches(),
        context.operating(),
        context.leaderRegions(),
        context.detectors(),
        context.runtime());
  }

  /** Creates a table. */
  void created(CreateTableTask task) throws InterruptedException {
    ProcedureDriver.run(CreateTable.of(context(), task, Tasks.SESSION)).output();
    world.datanodes.forget();
  }

  static TableName name(String table) {
    return new TableName(DdlWorld.CATALOG, DdlWorld.SCHEMA, table);
  }

  /** The info of a view that has not been created. */
  static TableInfo viewInfo(TableName name) {
    Instant now = Instant.parse("2026-11-23T10:00:00.123456789Z");
    TableMeta meta =
        new TableMeta(
            Schema.of(List.of()),
            List.of(),
            List.of(),
            "",
            0,
            TableOptions.none(),
            now,
            now,
            List.of(),
            List.of(),
            UnknownMembers.NONE);
    return new TableInfo(
        TableIdent.of(new TableId(0)),
        name.table(),
        Optional.empty(),
        name.catalog(),
        name.schema(),
        meta,
        TableType.VIEW,
        UnknownMembers.NONE);
  }

  static NewView view(String name, String definition, boolean orReplace, boolean ifNotExists) {
    return view(
        CreateViewExpr.newBuilder()
            .setCatalogName(DdlWorld.CATALOG)
            .setSchemaName(DdlWorld.SCHEMA)
            .setViewName(name)
            .setLogicalPlan(ByteString.copyFromUtf8("plan of " + definition))
            .setDefinition(definition)
            .setOrReplace(orReplace)
            .setCreateIfNotExists(ifNotExists),
        viewInfo(name(name)));
  }

  static NewView view(CreateViewExpr.Builder expr, TableInfo info) {
    return NewView.of(
        CreateViewTask.newBuilder()
            .setCreateView(expr)
            .setViewInfo(ByteString.copyFromUtf8(TableInfoCodec.CODEC.encodeText(info)))
            .build());
  }

  static ViewDrop dropView(String name, long id, boolean ifExists) {
    return new ViewDrop(name(name), new TableId(id), ifExists);
  }

  /** A flow from one table to another. */
  static CreateFlowExpr.Builder flow(String name, String source, String sink) {
    return CreateFlowExpr.newBuilder()
        .setCatalogName(DdlWorld.CATALOG)
        .setFlowName(name)
        .addSourceTableNames(wireName(name(source)))
        .setSinkTableName(wireName(name(sink)))
        .setSql("SELECT max(cpu) FROM " + source);
  }

  static io.metasrv.protocol.v1.TableName wireName(TableName name) {
    return io.metasrv.protocol.v1.TableName.newBuilder()
        .setCatalogName(name.catalog())
        .setSchemaName(name.schema())
        .setTableName(name.table())
        .build();
  }

  static NewFlow task(CreateFlowExpr.Builder expr) {
    return NewFlow.of(CreateFlowTask.newBuilder().setCreateFlow(expr).build());
  }

  static FlowDrop dropFlow(String name, long id, boolean ifExists) {
    return new FlowDrop(DdlWorld.CATALOG, name, id, ifExists);
  }

  static CommentOn onTable(TableName table, String text) {
    return new CommentOn(new CommentTarget.Table(table), given(text));
  }

  static CommentOn onColumn(TableName table, String column, String text) {
    return new CommentOn(new CommentTarget.Column(table, column), given(text));
  }

  static CommentOn onFlow(String flow, String text) {
    return new CommentOn(
        new CommentTarget.Flow(DdlWorld.CATALOG, DdlWorld.SCHEMA, flow), given(text));
  }

  private static Optional<String> given(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
