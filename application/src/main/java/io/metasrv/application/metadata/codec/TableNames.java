package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.UnknownMembers;
import io.metasrv.domain.UnknownMembersBy;
import io.metasrv.domain.table.TableName;
import java.util.LinkedHashMap;

/** Full names inside a value; their unknown members are gathered. For one value and thread. */
final class TableNames {

  private final LinkedHashMap<TableName, UnknownMembers> unknown = new LinkedHashMap<>();

  TableName read(JsonValue json) {
    Members members = Members.of(json);
    TableName name =
        new TableName(
            members.text("catalog_name"), members.text("schema_name"), members.text("table_name"));
    unknown.merge(name, members.unknown(), UnknownMembers::and);
    return name;
  }

  UnknownMembersBy<TableName> unknown() {
    return new UnknownMembersBy<>(unknown);
  }

  static void write(JsonWriter out, TableName name, UnknownMembersBy<TableName> unknown) {
    out.beginObject()
        .member("catalog_name", name.catalog())
        .member("schema_name", name.schema())
        .member("table_name", name.table());
    Members.write(out, unknown.of(name));
    out.endObject();
  }
}
