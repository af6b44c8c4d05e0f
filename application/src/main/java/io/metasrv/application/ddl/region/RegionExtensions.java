package io.metasrv.application.ddl.region;

import com.google.protobuf.ByteString;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.heartbeat.codec.RegionManifestCodec;
import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.metadata.codec.ColumnMetadataCodec;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.heartbeat.RegionManifest;
import io.metasrv.domain.table.ColumnMetadata;
import io.metasrv.protocol.v1.region.RegionResponse;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the responses of datanodes carry beside their status (sheet 06 §5.3). */
public final class RegionExtensions {

  /** The columns of a region after it was created or altered. */
  public static final String TABLE_COLUMN_METADATA = "TABLE_COLUMN_METADATA";

  /** The columns of a physical region after logical ones were created in it or altered. */
  public static final String ALTER_PHYSICAL = "ALTER_PHYSICAL";

  /** Versions of manifests by region. */
  public static final String MANIFEST_INFO = "MANIFEST_INFO";

  private static final Logger LOG = LoggerFactory.getLogger(RegionExtensions.class);

  private RegionExtensions() {}

  /**
   * The columns that all responses agree on.
   *
   * @param key one of the two keys of columns
   * @return empty, after a warning, if no response has any
   * @throws io.metasrv.domain.error.ServiceException MetadataCorruption if they disagree, or only
   *     some have any
   */
  public static List<ColumnMetadata> columns(List<RegionResponse> responses, String key) {
    List<Optional<List<ColumnMetadata>>> all =
        responses.stream().map(response -> columns(response, key)).toList();
    if (all.stream().allMatch(Optional::isEmpty)) {
      LOG.warn("No datanode returned {}: columns in the metadata stay as they are", key);
      return List.of();
    }
    if (all.stream().distinct().count() > 1) {
      throw DdlErrors.metadataCorruption(
          "The table column metadata schemas from datanodes are not the same. "
              + key
              + " of the responses, in the order of the requests: "
              + all.stream().map(RegionExtensions::describe).toList());
    }
    return all.getFirst().orElseThrow();
  }

  private static Optional<List<ColumnMetadata>> columns(RegionResponse response, String key) {
    return extension(response, key).map(text -> decode(key, text));
  }

  private static List<ColumnMetadata> decode(String key, String text) {
    try {
      return ColumnMetadataCodec.readList(JsonReader.read(text));
    } catch (JsonFormatException e) {
      throw DdlErrors.metadataCorruption(
          "a datanode returned a %s that cannot be read: %s".formatted(key, e.getMessage()));
    }
  }

  private static String describe(Optional<List<ColumnMetadata>> columns) {
    return columns
        .map(list -> list.stream().map(column -> column.name() + "=" + column.columnId()).toList())
        .map(List::toString)
        .orElse("none");
  }

  /** The manifests that the responses tell of; what cannot be read is left out with a warning. */
  public static SortedMap<RegionId, RegionManifest> manifests(List<RegionResponse> responses) {
    TreeMap<RegionId, RegionManifest> manifests = new TreeMap<>();
    for (RegionResponse response : responses) {
      extension(response, MANIFEST_INFO).ifPresent(text -> readManifests(text, manifests));
    }
    return manifests;
  }

  private static void readManifests(String text, TreeMap<RegionId, RegionManifest> into) {
    try {
      for (JsonValue pair : JsonReader.read(text).asArray()) {
        List<JsonValue> parts = pair.asArray();
        if (parts.size() != 2) {
          throw new JsonFormatException("expected pairs of a region id and a manifest");
        }
        into.put(
            new RegionId(parts.getFirst().asUnsigned()), RegionManifestCodec.read(parts.get(1)));
      }
    } catch (JsonFormatException e) {
      LOG.warn("A datanode returned a {} that cannot be read: {}", MANIFEST_INFO, text, e);
    }
  }

  private static Optional<String> extension(RegionResponse response, String key) {
    ByteString bytes = response.getExtensionsMap().get(key);
    return bytes == null || bytes.isEmpty() ? Optional.empty() : Optional.of(bytes.toStringUtf8());
  }
}
