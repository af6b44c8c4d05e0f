package io.metasrv.domain.heartbeat;

/**
 * What a datanode wrote to one remote-log topic since it started (sheet 04 §10.1). Numbers are
 * unsigned 64 bits.
 *
 * @param topic name of the topic
 * @param latestEntryId its latest entry as far as the datanode knows
 * @param recordSize bytes written
 * @param recordCount records written
 */
public record TopicStat(String topic, long latestEntryId, long recordSize, long recordCount) {}
