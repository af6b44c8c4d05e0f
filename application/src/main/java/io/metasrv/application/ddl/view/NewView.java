package io.metasrv.application.ddl.view;

import com.google.protobuf.ByteString;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.ddl.json.ProtoText;
import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.metadata.codec.TableInfoCodec;
import io.metasrv.application.wire.ByteStrings;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.table.TableIdent;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableName;
import io.metasrv.domain.table.ViewInfo;
import io.metasrv.protocol.v1.CreateViewExpr;
import io.metasrv.protocol.v1.meta.CreateViewTask;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * A view to create or replace, as a frontend asked for it (sheet 06 §2).
 *
 * @param expr the statement
 * @param info its table info, which gets its id when it is allocated
 */
public record NewView(CreateViewExpr expr, TableInfo info) {

  /**
   * That of a message.
   *
   * @throws ServiceException (Unexpected) if the statement is missing or the info is none
   */
  public static NewView of(CreateViewTask task) {
    if (!task.hasCreateView()) {
      throw DdlErrors.invalidProto("expected create view");
    }
    try {
      return read(task);
    } catch (JsonFormatException e) {
      throw new ServiceException(
          StatusCode.UNEXPECTED, "Failed to serde json: view_info: " + e.getMessage(), e);
    }
  }

  private static NewView read(CreateViewTask task) {
    return new NewView(
        task.getCreateView(),
        TableInfoCodec.CODEC.read(JsonReader.read(task.getViewInfo().toStringUtf8())));
  }

  /** The form inside a procedure's state. */
  String toText() {
    return ProtoText.encode(
        CreateViewTask.newBuilder()
            .setCreateView(expr)
            .setViewInfo(ByteString.copyFromUtf8(TableInfoCodec.CODEC.encodeText(info)))
            .build());
  }

  /** Reads the form inside a procedure's state. */
  static NewView ofText(JsonValue json) {
    return read(ProtoText.decode(json.asText(), CreateViewTask.parser()));
  }

  /** Its name. */
  public TableName name() {
    return new TableName(expr.getCatalogName(), expr.getSchemaName(), expr.getViewName());
  }

  /** The id in the info; only good once it was allocated. */
  TableId id() {
    return info.tableId();
  }

  NewView withId(TableId id) {
    TableIdent ident = info.ident();
    return new NewView(expr, info.withIdent(new TableIdent(id, ident.version(), ident.unknown())));
  }

  /** What is stored of a new one. */
  ViewInfo stored() {
    return ViewInfo.of(
        ByteStrings.fromWire(expr.getLogicalPlan()),
        tableNames(),
        expr.getColumnsList(),
        expr.getPlanColumnsList(),
        expr.getDefinition());
  }

  /** What is stored when it takes the place of another. */
  ViewInfo replacing(ViewInfo former) {
    ViewInfo wanted = stored();
    return former.next(
        wanted.plan(),
        wanted.tableNames(),
        wanted.columns(),
        wanted.planColumns(),
        wanted.definition());
  }

  /**
   * Whether there is nothing to replace: an attempt got through whose end was not recorded, or it
   * was so before.
   */
  boolean isShownBy(ViewInfo current) {
    ViewInfo wanted = stored();
    return wanted.plan().equals(current.plan())
        && wanted.tableNames().equals(current.tableNames())
        && wanted.columns().equals(current.columns())
        && wanted.planColumns().equals(current.planColumns())
        && wanted.definition().equals(current.definition());
  }

  private SequencedSet<TableName> tableNames() {
    LinkedHashSet<TableName> names = new LinkedHashSet<>();
    expr.getTableNamesList()
        .forEach(
            each ->
                names.add(
                    new TableName(
                        each.getCatalogName(), each.getSchemaName(), each.getTableName())));
    return names;
  }
}
