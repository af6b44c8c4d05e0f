package io.metasrv.application.options;

/**
 * {@code [runtime]}: sizes of the reference's thread pools. Accepted, without effect: work runs on
 * virtual threads here.
 *
 * @param globalRtSize threads
 * @param compactRtSize threads
 * @param queryRtSize threads
 * @param ingestRtSize threads
 */
public record ThreadPoolOptions(
    int globalRtSize, int compactRtSize, int queryRtSize, int ingestRtSize) {

  /** The reference's defaults for a machine with so many processors. */
  public static ThreadPoolOptions defaults(int processors) {
    return new ThreadPoolOptions(
        processors, Math.max(processors / 2, 1), Math.max(processors - 1, 1), processors);
  }
}
