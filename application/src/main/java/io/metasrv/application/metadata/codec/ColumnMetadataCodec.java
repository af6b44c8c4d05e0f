package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.table.ColumnMetadata;
import io.metasrv.domain.table.SemanticType;
import java.util.List;

/**
 * {@code {"column_schema":{…},"semantic_type":"Tag","column_id":1}}: a column as regions report it
 * (sheet 03 §5.5).
 */
public final class ColumnMetadataCodec implements ValueCodec<ColumnMetadata> {

  /** The only one. */
  public static final ColumnMetadataCodec CODEC = new ColumnMetadataCodec();

  private static final String COLUMN = "column_schema";
  private static final String SEMANTIC_TYPE = "semantic_type";
  private static final String ID = "column_id";

  private ColumnMetadataCodec() {}

  @Override
  public ColumnMetadata read(JsonValue json) {
    JsonValue.Object object = json.asObject();
    String semantic = object.text(SEMANTIC_TYPE);
    return new ColumnMetadata(
        ColumnSchemaCodec.CODEC.read(object.require(COLUMN)),
        SemanticType.ofText(semantic)
            .orElseThrow(() -> new JsonFormatException("unknown semantic type `" + semantic + "`")),
        object.require(ID).asUnsigned32());
  }

  @Override
  public void write(JsonWriter out, ColumnMetadata value) {
    out.beginObject().name(COLUMN);
    ColumnSchemaCodec.CODEC.write(out, value.column());
    out.member(SEMANTIC_TYPE, value.semanticType().text())
        .unsignedMember(ID, value.columnId())
        .endObject();
  }

  /** Reads a list of them. */
  public static List<ColumnMetadata> readList(JsonValue json) {
    return json.asArray().stream().map(CODEC::read).toList();
  }

  /** Writes a list of them. */
  public static void writeList(JsonWriter out, List<ColumnMetadata> columns) {
    out.array(columns, CODEC::write);
  }
}
