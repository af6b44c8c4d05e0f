package io.metasrv.application.transfer;

import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ServiceException;
import java.util.Iterator;

/**
 * Carries a content into an empty store, byte for byte, while no metasrv serves on either side.
 *
 * <p>Pairs are written in key order, in batches that the store takes atomically. So what an
 * interrupted copy leaves is always a beginning of the source, and the same command goes on behind
 * it: the target itself is the progress, checked pair by pair against the source, and there is no
 * second record that could say something else. {@link CopyMarker} tells such a beginning from
 * somebody's data. At the end both sides are read again and compared; only then the marker goes.
 */
public final class StoreCopy {

  private final PairSource source;
  private final StorePairs target;
  private final NoLeader noLeader;
  private final Progress progress;

  /**
   * @param source what is carried over
   * @param target where to
   * @param noLeader asked before, while and after
   */
  public StoreCopy(PairSource source, StorePairs target, NoLeader noLeader, Progress progress) {
    this.source = source;
    this.target = target;
    this.noLeader = noLeader;
    this.progress = progress;
  }

  /** Hears how far it is; called by the copying thread. */
  @FunctionalInterface
  public interface Progress {
    /** Tells nobody. */
    Progress SILENT = (copied, total) -> {};

    /**
     * After each batch.
     *
     * @param copied pairs that are in the target
     * @param total pairs of the source
     */
    void copied(long copied, long total);
  }

  /**
   * What was done.
   *
   * @param content of both sides now
   * @param resumedAfter pairs that an earlier run had carried over; 0 for none
   */
  public record Result(ContentDigest.Summary content, long resumedAfter) {}

  /**
   * Copies and compares.
   *
   * @throws ServiceException (IllegalState) if somebody leads, the target holds something else, or
   *     the two differ at the end; (InvalidArguments) if the source has what the target cannot take
   * @throws MetasrvException if a store failed; the message says whether the run can be repeated
   */
  public Result run() {
    noLeader.require("Copying");
    if (source instanceof StorePairs(String name, KeyValueStore store)) {
      CopyMarker.refuseHalfCopy(name, store);
    }
    ContentDigest.Summary survey = SourceSurvey.of(source, target);
    claimTarget();
    try (PairSource.Cursor pairs = source.open()) {
      long there = skipWhatIsThere(pairs);
      write(pairs, there, survey.pairs());
      finish(survey);
      return new Result(survey, there);
    }
  }

  /** Either the target is empty and gets the marker, or it has it. */
  private void claimTarget() {
    if (CopyMarker.find(target.store()).isPresent()) {
      return;
    }
    try (PairSource.Cursor there = target.open()) {
      if (there.hasNext()) {
        throw ServiceException.illegalState(
            "Copying refused: %s is not empty, it has key '%s'; name an empty store or another key prefix, or empty this one first"
                .formatted(target.name(), there.next().key()));
      }
    }
    if (!CopyMarker.set(target.store(), source.name())) {
      throw ServiceException.illegalState(
          "Copying refused: another copy into %s has just begun".formatted(target.name()));
    }
  }

  /** Leaves the cursor behind the last pair that the target has already. */
  private long skipWhatIsThere(PairSource.Cursor pairs) {
    long there = 0;
    try (PairSource.Cursor written = target.open()) {
      while (written.hasNext()) {
        KeyValue found = written.next();
        if (!pairs.hasNext() || !pairs.next().equals(found)) {
          throw ServiceException.illegalState(
              "Copying refused: %s holds an unfinished copy of %s, and key '%s' in it is not as in %s; go on with the source it was begun with, or empty it first"
                  .formatted(
                      target.name(),
                      CopyMarker.find(target.store()).orElse("something else"),
                      found.key(),
                      source.name()));
        }
        there++;
      }
    }
    return there;
  }

  private void write(Iterator<KeyValue> pairs, long there, long total) {
    BatchWriter writer = new BatchWriter(target.store());
    long[] copied = {there};
    try {
      writer.write(
          pairs,
          written -> {
            copied[0] += written;
            progress.copied(copied[0], total);
            noLeader.require("Going on with the copy");
          });
    } catch (MetasrvException e) {
      throw stopped(copied[0], total, e);
    }
  }

  private ServiceException stopped(long copied, long total, MetasrvException cause) {
    return new ServiceException(
        cause.code(),
        "Copying %s to %s stopped after %d of %d pairs: %s; once that is mended the same command goes on from there"
            .formatted(source.name(), target.name(), copied, total, cause.getMessage()),
        cause);
  }

  private void finish(ContentDigest.Summary survey) {
    Comparison comparison = Comparison.of(source, target, 1);
    if (!comparison.same() || !comparison.left().equals(survey)) {
      throw ServiceException.illegalState(
          "The copy of %s in %s is not equal to it%s; somebody wrote to one of them meanwhile: stop that, empty the target and copy again"
              .formatted(
                  source.name(),
                  target.name(),
                  comparison.first().stream()
                      .findFirst()
                      .map(difference -> ", first at key '" + difference.key() + "'")
                      .orElse(" as it was at the beginning")));
    }
    noLeader.require("Ending the copy");
    CopyMarker.remove(target.store());
  }
}
