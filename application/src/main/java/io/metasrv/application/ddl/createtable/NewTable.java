package io.metasrv.application.ddl.createtable;

import com.google.protobuf.ByteString;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.ddl.json.ProtoText;
import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.metadata.codec.TableInfoCodec;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableMeta;
import io.metasrv.domain.table.TableName;
import io.metasrv.protocol.v1.CreateTableExpr;
import io.metasrv.protocol.v1.meta.CreateTableTask;
import io.metasrv.protocol.v1.meta.Partition;
import java.util.List;
import java.util.Optional;

/**
 * A table to create, as a frontend asked for it: the task of CREATE TABLE and of each logical table
 * (sheet 06 §2).
 *
 * @param expr the statement
 * @param partitions rules of its regions
 * @param info its info, completed as the procedure goes on
 */
public record NewTable(CreateTableExpr expr, List<Partition> partitions, TableInfo info) {

  public NewTable {
    partitions = List.copyOf(partitions);
  }

  /**
   * That of a message.
   *
   * @throws ServiceException (Unexpected) if the statement is missing or the info is none
   */
  public static NewTable of(CreateTableTask task) {
    if (!task.hasCreateTable()) {
      throw DdlErrors.invalidProto("expected create table");
    }
    try {
      return read(task);
    } catch (JsonFormatException e) {
      throw new ServiceException(
          StatusCode.UNEXPECTED, "Failed to serde json: table_info: " + e.getMessage(), e);
    }
  }

  private static NewTable read(CreateTableTask task) {
    TableInfo info = TableInfoCodec.CODEC.read(JsonReader.read(task.getTableInfo().toStringUtf8()));
    requireColumns(info.meta(), info.meta().primaryKeyIndices());
    requireColumns(info.meta(), info.meta().partitionKeyIndices());
    return new NewTable(task.getCreateTable(), task.getPartitionsList(), info);
  }

  private static void requireColumns(TableMeta meta, List<Integer> indices) {
    int columns = meta.schema().columns().size();
    for (int index : indices) {
      if (index < 0 || index >= columns) {
        throw new JsonFormatException(
            "expected an index of one of the %d columns, found %d".formatted(columns, index));
      }
    }
  }

  /** The message, with the info as it is now. */
  public CreateTableTask toProto() {
    return CreateTableTask.newBuilder()
        .setCreateTable(expr)
        .addAllPartitions(partitions)
        .setTableInfo(ByteString.copyFromUtf8(TableInfoCodec.CODEC.encodeText(info)))
        .build();
  }

  /** The form inside a procedure's state. */
  public String toText() {
    return ProtoText.encode(toProto());
  }

  /**
   * Reads the form inside a procedure's state.
   *
   * @throws JsonFormatException if it is none
   */
  public static NewTable ofText(JsonValue json) {
    return read(ProtoText.decode(json.asText(), CreateTableTask.parser()));
  }

  /** The name asked for. */
  public TableName name() {
    return new TableName(expr.getCatalogName(), expr.getSchemaName(), expr.getTableName());
  }

  /** The id in the info; only good once it was allocated. */
  public TableId tableId() {
    return info.tableId();
  }

  /** The id that the statement asks for. */
  public Optional<TableId> askedFor() {
    return expr.hasTableId()
        ? Optional.of(new TableId(Integer.toUnsignedLong(expr.getTableId().getId())))
        : Optional.empty();
  }

  /** The same with an id. */
  public NewTable withTableId(TableId id) {
    return withInfo(info.withIdent(info.ident().withTableId(id)));
  }

  /** The same with another info. */
  public NewTable withInfo(TableInfo changed) {
    return new NewTable(expr, partitions, changed);
  }

  /** The same with another statement. */
  public NewTable withExpr(CreateTableExpr changed) {
    return new NewTable(changed, partitions, info);
  }
}
