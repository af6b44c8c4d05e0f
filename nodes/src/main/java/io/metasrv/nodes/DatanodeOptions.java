package io.metasrv.nodes;

import io.metasrv.nodes.region.LeaseMode;
import java.util.List;

/**
 * How a datanode double behaves.
 *
 * @param leaseMode what an ended lease does
 * @param pace how long work takes
 * @param workloads the workload types it reports
 * @param gcConcurrency garbage collections it would run side by side
 * @param sharedStorage whether its files are on storage that other nodes reach
 * @param opensMissingFiles whether it opens a region that has no files as an empty one. A real
 *     datanode refuses that; the doubles of the recordings did it
 */
public record DatanodeOptions(
    LeaseMode leaseMode,
    WorkPace pace,
    List<Integer> workloads,
    int gcConcurrency,
    boolean sharedStorage,
    boolean opensMissingFiles) {

  public DatanodeOptions {
    workloads = List.copyOf(workloads);
  }

  /** As a real datanode of v1.1.4 on object storage, with work done at once. */
  public static DatanodeOptions faithful() {
    return new DatanodeOptions(LeaseMode.REFERENCE, WorkPace.instant(), List.of(0), 4, true, false);
  }

  /** As {@link #faithful()}, but it opens what has no files. */
  public static DatanodeOptions permissive() {
    return new DatanodeOptions(LeaseMode.REFERENCE, WorkPace.instant(), List.of(0), 4, true, true);
  }

  public DatanodeOptions withPace(WorkPace other) {
    return new DatanodeOptions(
        leaseMode, other, workloads, gcConcurrency, sharedStorage, opensMissingFiles);
  }

  public DatanodeOptions withLeaseMode(LeaseMode other) {
    return new DatanodeOptions(
        other, pace, workloads, gcConcurrency, sharedStorage, opensMissingFiles);
  }
}
