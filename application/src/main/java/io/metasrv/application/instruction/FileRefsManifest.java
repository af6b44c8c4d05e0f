package io.metasrv.application.instruction;

import io.metasrv.domain.RegionId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * Which files of which regions are in use (sheet 04 §6.8).
 *
 * @param fileRefs files by region
 * @param manifestVersions version of the manifest read, by region, unsigned
 * @param crossRegionRefs regions whose files other regions use
 */
public record FileRefsManifest(
    SequencedMap<RegionId, List<FileRef>> fileRefs,
    SequencedMap<RegionId, Long> manifestVersions,
    SequencedMap<RegionId, List<RegionId>> crossRegionRefs) {

  public FileRefsManifest {
    fileRefs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fileRefs));
    manifestVersions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(manifestVersions));
    crossRegionRefs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(crossRegionRefs));
  }

  /** No file at all. */
  public static FileRefsManifest empty() {
    return new FileRefsManifest(
        new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  /**
   * A file in use.
   *
   * @param region the region it belongs to
   * @param fileId hyphenated UUID
   * @param indexVersion version of its index, unsigned, if it has one
   */
  public record FileRef(RegionId region, String fileId, OptionalLong indexVersion) {}
}
