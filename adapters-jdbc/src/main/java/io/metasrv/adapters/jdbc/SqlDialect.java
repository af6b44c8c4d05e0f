package io.metasrv.adapters.jdbc;

import io.metasrv.domain.Bytes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What one database differs in from the others. Tables have two columns of bytes, {@code k} (the
 * key) and {@code v} (the value, may be null for empty), compared bytewise. Texts of SQL are for
 * prepared statements; no value is ever written into them. Thread-safe.
 */
public interface SqlDialect {

  /** The store's display name, as the reference's: {@code MySql}, {@code Postgres}. */
  String name();

  /** The quoted name of the table of metadata. */
  String dataTable();

  /** The quoted name of the table in which the election and the candidates have their rows. */
  String electionTable();

  /** An insert of one pair (key, value) that replaces the value where the key is there. */
  String upsert(String table);

  /**
   * The most bytes a value may have, as this server is set up.
   *
   * @throws IllegalStateException if that is too little for this system
   */
  int maxValueBytes(Handle handle);

  /**
   * The database's current time as text {@code YYYY-MM-DD hh:mm:ss.f}, in the session's time zone,
   * read at this moment of the statement and not of the transaction: an expression.
   */
  String databaseTime();

  /** Digits after the second in the times of leases that the reference writes here. */
  int leaseFractionDigits();

  /**
   * Makes the tables ready; called once, at the start, by every node.
   *
   * @throws IllegalStateException if this server or what is on it cannot be used; the message says
   *     why and what to do
   */
  void prepareTables(Handle handle);

  /** Statements run once on each new connection of the store. */
  List<String> storeSettings(Duration callTimeout);

  /**
   * Statements run once on the connection of one that campaigns or leads: the server ends it once
   * it has been silent for a lease, so that whatever it locked is free again.
   */
  List<String> campaignSettings(Duration lease);

  /**
   * Begins a transaction that the server gives up, with all its locks, when its client is silent
   * for the limit.
   *
   * @param repeatable whether no row may appear in a range read or removed by the transaction
   *     before it ends; otherwise READ COMMITTED
   */
  void begin(Handle handle, boolean repeatable, Duration limit);

  /** What undoes {@link #begin} after the commit or rollback; possibly nothing. */
  void afterTransaction(Handle handle);

  /** The key of the row that a fenced write holds a lock on. */
  Bytes fenceLockKey(Bytes electionKey);

  /**
   * How a fenced write locks that row: it excludes a take-over, which locks it {@code FOR UPDATE},
   * and neither other fenced writes nor renewals.
   */
  String fenceLock();

  /** How a renewal locks the rows it rewrites; not excluded by {@link #fenceLock}. */
  String renewalLock();

  /**
   * Takes the lock of the election that belongs to the session, without waiting; always true where
   * there is no such lock.
   */
  boolean tryElectionLock(Handle handle);

  /** Releases it. */
  void releaseElectionLock(Handle handle);

  /** What the error says about the call that met it. */
  SqlErrorKind kindOf(SQLException error);
}
