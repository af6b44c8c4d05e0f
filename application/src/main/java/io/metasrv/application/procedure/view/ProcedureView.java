package io.metasrv.application.procedure.view;

import io.metasrv.domain.procedure.LockSet;
import io.metasrv.domain.procedure.PoisonKey;
import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.domain.procedure.ProcedureState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A procedure as others see it, at one moment.
 *
 * @param id its id
 * @param typeName its type
 * @param subject what it works on, for people
 * @param parent of a child
 * @param recovered whether a former leader had begun it
 * @param state where it stands
 * @param activity what its task does
 * @param submittedAt wall clock
 * @param startMillis when it got its locks, Unix milliseconds; 0 before
 * @param endMillis when it ended, Unix milliseconds; 0 before
 * @param locks what it holds or waits for
 * @param poisonKeys the poisons it may put
 * @param children ids of the children it has had in this term
 * @param timeline what happened to it
 * @param leftOut entries missing in the middle of the timeline
 */
public record ProcedureView(
    ProcedureId id,
    String typeName,
    String subject,
    Optional<ProcedureId> parent,
    boolean recovered,
    ProcedureState state,
    Activity activity,
    Instant submittedAt,
    long startMillis,
    long endMillis,
    LockSet locks,
    List<PoisonKey> poisonKeys,
    List<ProcedureId> children,
    List<TimelineEntry> timeline,
    long leftOut) {

  /** The same as it will be once it has ended. */
  public ProcedureView endedAs(ProcedureState last, Instant at) {
    return new ProcedureView(
        id,
        typeName,
        subject,
        parent,
        recovered,
        last,
        Activity.ENDED,
        submittedAt,
        startMillis,
        at.toEpochMilli(),
        locks,
        poisonKeys,
        children,
        timeline,
        leftOut);
  }
}
