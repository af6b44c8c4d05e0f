package io.metasrv.nodes;

import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.nodes.json.Fields;
import io.metasrv.nodes.json.JsonFormatException;
import io.metasrv.nodes.json.JsonValue;
import java.util.List;
import java.util.stream.Stream;

/**
 * The regions of one table that the store has on record for a datanode: the value of a key {@code
 * __dn_table/NODE/TABLE}, which a datanode reads when it starts (sheet 01 §13.8).
 */
public record RegionsOnRecord(String engine, String storagePath, List<RegionId> regions) {

  /** The prefix of the keys of a datanode, which a scan at start reads. */
  public static String prefix(long datanodeId) {
    return "__dn_table/" + Long.toUnsignedString(datanodeId) + "/";
  }

  /**
   * @throws JsonFormatException if the value is not one of that kind
   */
  public static RegionsOnRecord read(String json) {
    Fields fields = Fields.of("__dn_table", JsonValue.parse(json));
    TableId table = new TableId(fields.u32("table_id"));
    Stream<Long> numbers =
        Stream.concat(
            numbers(fields, "regions").stream(),
            fields.has("follower_regions")
                ? numbers(fields, "follower_regions").stream()
                : Stream.empty());
    return new RegionsOnRecord(
        fields.text("engine"),
        fields.text("region_storage_path"),
        numbers.map(number -> RegionId.of(table, number)).toList());
  }

  private static List<Long> numbers(Fields fields, String name) {
    return fields.list(name, item -> Fields.u32(fields.at(name), item));
  }
}
