package io.metasrv.testkit.history;

import java.util.Optional;

/**
 * One finished call on a register (a key that holds a value or nothing) and what it answered.
 *
 * @param start position in the history at which the call began
 * @param end position at which it returned; {@link Long#MAX_VALUE} if its outcome is unknown, so
 *     that it may take effect at any later moment, or never
 * @param action what was called and answered
 */
public record RegisterCall(long start, long end, Action action) {

  /** Whether the caller does not know what the call did. */
  public boolean isOutcomeUnknown() {
    return end == Long.MAX_VALUE;
  }

  /** What a call does to the register's value, if its answer fits. */
  public sealed interface Action {

    /** Whether the answer is right for the value at the moment of effect. */
    boolean fits(Optional<String> value);

    /** The value afterwards. */
    Optional<String> apply(Optional<String> value);

    /** Whether the caller could not tell what the call did: it may take effect later, or never. */
    default boolean isOutcomeUnknown() {
      return false;
    }
  }

  /** Read this, or nothing. */
  public record Read(Optional<String> seen) implements Action {
    @Override
    public boolean fits(Optional<String> value) {
      return value.equals(seen);
    }

    @Override
    public Optional<String> apply(Optional<String> value) {
      return value;
    }
  }

  /** Wrote whatever was there before. */
  public record Write(String written) implements Action {
    @Override
    public boolean fits(Optional<String> value) {
      return true;
    }

    @Override
    public Optional<String> apply(Optional<String> value) {
      return Optional.of(written);
    }
  }

  /** Removed; {@code removed} is what it answered to have been there. */
  public record Remove(Optional<String> removed) implements Action {
    @Override
    public boolean fits(Optional<String> value) {
      return value.equals(removed);
    }

    @Override
    public Optional<String> apply(Optional<String> value) {
      return Optional.empty();
    }
  }

  /** Found the expected value (or, expecting nothing, no value) and replaced it. */
  public record Swapped(Optional<String> expected, String written) implements Action {
    @Override
    public boolean fits(Optional<String> value) {
      return value.equals(expected);
    }

    @Override
    public Optional<String> apply(Optional<String> value) {
      return Optional.of(written);
    }
  }

  /** Found another value than expected, namely this, and wrote nothing. */
  public record SwapRefused(Optional<String> expected, Optional<String> current) implements Action {
    @Override
    public boolean fits(Optional<String> value) {
      return value.equals(current) && !value.equals(expected);
    }

    @Override
    public Optional<String> apply(Optional<String> value) {
      return value;
    }
  }

  /** May have replaced the expected value; nobody knows. */
  public record SwapUnknown(Optional<String> expected, String written) implements Action {
    @Override
    public boolean fits(Optional<String> value) {
      return true;
    }

    @Override
    public Optional<String> apply(Optional<String> value) {
      return value.equals(expected) ? Optional.of(written) : value;
    }

    @Override
    public boolean isOutcomeUnknown() {
      return true;
    }
  }

  /** May have written this (or, for nothing, removed) whatever was there; nobody knows. */
  public record WriteUnknown(Optional<String> written) implements Action {
    @Override
    public boolean fits(Optional<String> value) {
      return true;
    }

    @Override
    public Optional<String> apply(Optional<String> value) {
      return written;
    }

    @Override
    public boolean isOutcomeUnknown() {
      return true;
    }
  }
}
