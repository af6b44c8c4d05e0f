package io.metasrv.application.port;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.util.List;
import java.util.Optional;

/**
 * The metadata store: opaque values under opaque keys, ordered by unsigned byte comparison (sheet
 * 02 §1–3). One behaviour on every backend; where backends differ the port decides, and the suite
 * {@code KeyValueStoreContract} holds all of them to it.
 *
 * <h2>Atomicity and order</h2>
 *
 * Every call is linearizable: it takes effect at one moment between its start and its return, for
 * all keys it touches, with the exceptions named at {@link #batchPut}, {@link #batchDelete} and
 * {@link #deleteRange}. A read that starts after a write returned sees that write, whichever node
 * made it. Two pages of one range are two reads: between them others may write.
 *
 * <h2>Limits</h2>
 *
 * Keys are 1 to {@value #MAX_KEY_BYTES} bytes long. Values may have up to {@link #maxValueBytes()}
 * bytes, at least {@value #MIN_MAX_VALUE_BYTES}. A request beyond a limit, with an empty key, or
 * that writes a key twice is refused with {@link StoreException.Rejected} before anything is sent.
 *
 * <h2>Errors</h2>
 *
 * Reads throw {@link StoreException.Unavailable} (repeatable) and {@link
 * StoreException.ResponseTooLarge}. Writes throw {@code Unavailable} only if certainly nothing took
 * effect, and {@link StoreException.UnknownOutcome} if that is not certain; an implementation never
 * retries a write whose outcome it does not know. Every method may throw {@link
 * StoreException.Corrupted}. A thread that is interrupted while it waits gets {@code Unavailable}
 * for a read and {@code UnknownOutcome} for a write that was sent, with its interrupt flag set.
 *
 * <p>Thread-safe. Calls block the calling (virtual) thread and take bounded time.
 */
public interface KeyValueStore {

  /** Longest key every backend takes, in bytes (the SQL adapters' column, sheet 02 §6.1). */
  int MAX_KEY_BYTES = 3072;

  /**
   * The value size every backend takes at least, in bytes: the largest procedure chunk (1500 KiB)
   * with room to spare. No larger, because etcd by default takes requests of 1,572,864 bytes, keys
   * and envelope included.
   */
  int MIN_MAX_VALUE_BYTES = 1_540_000;

  /**
   * The display name used as metric label: {@code Memory}, {@code Embedded}, {@code Etcd} and so
   * on.
   */
  String name();

  /**
   * The most compares, success ops and failure ops (each) that one {@link #txn} takes, and the most
   * pairs of a batch that are written atomically. At least 2; {@link Integer#MAX_VALUE} for no
   * limit.
   */
  int maxTxnOps();

  /** The most bytes a value may have. */
  int maxValueBytes();

  /** Reads the pairs of a range, ascending by key. */
  RangeResult range(KeyRange range, RangeOptions options);

  /** Reads one key. */
  Optional<Bytes> get(Bytes key);

  /**
   * Reads several keys. The result is in request order, without the missing ones; a key asked for
   * twice comes twice. The keys are read at one moment if there are at most {@link #maxTxnOps()} of
   * them, else in groups of that size.
   */
  List<KeyValue> batchGet(List<Bytes> keys);

  /**
   * Writes one pair.
   *
   * @return the value replaced, if {@link Previous#RETURN} was asked for and the key was there
   */
  Optional<Bytes> put(Bytes key, Bytes value, Previous previous);

  /**
   * Writes several pairs; no key twice. Atomic up to {@link #maxTxnOps()} pairs. Beyond that,
   * groups of that size are written one after the other in request order, each atomic; if one fails
   * the later ones are not tried, and the exception is {@link StoreException.UnknownOutcome} once
   * any group was written.
   *
   * @return the pairs replaced, in request order, if asked for
   */
  List<KeyValue> batchPut(List<KeyValue> kvs, Previous previous);

  /**
   * Removes one key; missing is fine.
   *
   * @return the value removed, if asked for and there was one
   */
  Optional<Bytes> delete(Bytes key, Previous previous);

  /**
   * Removes several keys, as {@link #batchPut} writes them. Missing ones are skipped; no key twice.
   */
  List<KeyValue> batchDelete(List<Bytes> keys, Previous previous);

  /**
   * Removes every key of the range. Atomic on backends that can (memory, embedded, etcd, SQL); see
   * {@code docs/backends.md} for those that work in groups.
   */
  DeleteResult deleteRange(KeyRange range, Previous previous);

  /** Writes the value if the condition on the key holds. */
  CompareAndPutResult compareAndPut(Compare condition, Bytes value);

  /** Runs a transaction. */
  TxnResult txn(Txn txn);

  /**
   * A view of this store whose <em>writes</em> ({@link #put}, the batches, {@link #delete}, {@link
   * #deleteRange}, {@link #compareAndPut} and {@link #txn}) take effect only while the fence's term
   * is the current one: the check is part of the same atomic step as the write, made by the
   * backend. A refused write changes nothing and throws {@link StoreException.FencedOut}.
   * Transactions with no write in either branch, and all reads, are not checked.
   *
   * <p>The check costs one compare: {@link #maxTxnOps()} of the view may be one less.
   *
   * @throws IllegalArgumentException if another backend issued the fence
   */
  KeyValueStore fencedBy(Fence fence);
}
