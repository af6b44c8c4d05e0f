package io.metasrv.application.check;

import io.metasrv.domain.Bytes;

/**
 * Something that does not fit.
 *
 * @param category what kind of thing it is about
 * @param key where it is stored, or where it should be
 * @param reason what is wrong, for a person
 */
public record Finding(Category category, Bytes key, String reason) {

  /** Kinds of findings. */
  public enum Category {
    /** A key or a value cannot be read. */
    UNREADABLE,
    /** A catalog or a schema is missing. */
    SCHEMA,
    /** A name and its table do not lead to each other. */
    NAME,
    /** An info is missing, or is not that of its key. */
    INFO,
    /** A route is missing, left over, or makes no sense. */
    ROUTE,
    /** What a datanode is to know of a table is not what the table says. */
    DATANODE_TABLE,
    /** Regions of topics are not those of the tables. */
    TOPIC_REGION,
    /** A view is missing or left over. */
    VIEW,
    /** A repartition of a table that is not there. */
    REPARTITION,
    /** A sequence would give an id that is in use. */
    SEQUENCE,
    /** The keys of a flow do not agree. */
    FLOW,
    /** What was dropped and can still be restored: only while a drop is under way. */
    TOMBSTONE,
    /** What a procedure keeps others from: only while it is at work, or after trouble. */
    POISON,
    /** What a procedure stored of itself: only while it is at work, or after trouble. */
    PROCEDURE;

    /**
     * Whether procedures leave it behind on their way. It is no damage as long as one is at work;
     * everything else always is.
     */
    public boolean isPassing() {
      return this == TOMBSTONE || this == POISON || this == PROCEDURE;
    }
  }

  @Override
  public String toString() {
    return category + " " + key + ": " + reason;
  }
}
