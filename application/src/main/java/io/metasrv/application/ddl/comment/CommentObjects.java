package io.metasrv.application.ddl.comment;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.json.JsonValue;
import io.metasrv.domain.TableId;
import io.metasrv.domain.table.TableName;
import java.util.Optional;

/** Finds what comments are about. */
final class CommentObjects {

  private final DdlContext context;

  CommentObjects(DdlContext context) {
    this.context = context;
  }

  /**
   * Looks it up by its name.
   *
   * @throws io.metasrv.domain.error.ServiceException (TableNotFound, FlowNotFound)
   */
  CommentObject find(CommentOn comment) {
    return switch (comment.target()) {
      case CommentTarget.Table(TableName name) -> table(comment, name, id(name));
      case CommentTarget.Column(TableName name, String ignored) -> table(comment, name, id(name));
      case CommentTarget.Flow flow ->
          flow(
              comment,
              flow,
              context
                  .flows()
                  .idOf(flow.catalog(), flow.name())
                  .orElseThrow(() -> DdlErrors.flowNotFound(flow.fullName())));
    };
  }

  private TableId id(TableName name) {
    return context.tables().names().get(name).orElseThrow(() -> DdlErrors.tableNotFound(name));
  }

  /** That of a procedure's state; empty if the state has no id. */
  Optional<CommentObject> read(CommentOn comment, JsonValue.Object data) {
    Optional<TableId> table = data.find("table_id").map(JsonValue::asUnsigned32).map(TableId::new);
    return switch (comment.target()) {
      case CommentTarget.Table(TableName name) -> table.map(id -> table(comment, name, id));
      case CommentTarget.Column(TableName name, String ignored) ->
          table.map(id -> table(comment, name, id));
      case CommentTarget.Flow flow ->
          data.find("flow_id").map(id -> flow(comment, flow, id.asUnsigned32()));
    };
  }

  private CommentObject table(CommentOn comment, TableName name, TableId id) {
    return new CommentedTable(
        context.tables(),
        name,
        id,
        comment.target() instanceof CommentTarget.Column(TableName ignored, String column)
            ? info -> CommentChanges.ofColumn(info, column, comment.text())
            : info -> CommentChanges.ofTable(info, comment.text()));
  }

  private CommentObject flow(CommentOn comment, CommentTarget.Flow flow, long id) {
    return new CommentedFlow(
        context.flows(), context.runtime(), flow, id, comment.text().orElse(""));
  }
}
