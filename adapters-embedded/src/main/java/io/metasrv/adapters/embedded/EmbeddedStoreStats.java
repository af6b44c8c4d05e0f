package io.metasrv.adapters.embedded;

/**
 * What the writer of an embedded store has done since it was opened.
 *
 * @param requests write requests answered, whatever the answer
 * @param groups groups those requests were answered in
 * @param syncs groups that changed something, each of which cost exactly one sync of the log
 * @param largestGroup most requests in one group
 * @param writtenBytes keys and values written, in bytes
 */
public record EmbeddedStoreStats(
    long requests, long groups, long syncs, long largestGroup, long writtenBytes) {}
