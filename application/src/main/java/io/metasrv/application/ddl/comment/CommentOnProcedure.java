package io.metasrv.application.ddl.comment;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.SteppedProcedure;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.procedure.ProcedureContext;
import io.metasrv.application.procedure.Step;
import io.metasrv.domain.procedure.LockKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * COMMENT ON. Each step reads what it works on anew and writes only if that has not changed
 * meanwhile, so that it can be taken over at any point and no change of others gets lost.
 */
public final class CommentOnProcedure extends SteppedProcedure<CommentOnProcedure.State> {

  /** Its type. */
  public static final String TYPE = TYPE_PREFIX + "CommentOn";

  enum State {
    PREPARE,
    UPDATE_METADATA,
    INVALIDATE_CACHE
  }

  private final DdlContext context;
  private final CommentObjects objects;
  private final CommentOn comment;
  private Optional<CommentObject> object;

  private CommentOnProcedure(
      DdlContext context, CommentOn comment, Optional<CommentObject> object) {
    super(TYPE, State.PREPARE);
    this.context = context;
    this.objects = new CommentObjects(context);
    this.comment = comment;
    this.object = object;
  }

  /**
   * A new one.
   *
   * @throws io.metasrv.domain.error.ServiceException (TableNotFound, FlowNotFound) if there is
   *     nothing of that name
   */
  public static CommentOnProcedure of(DdlContext context, CommentOn comment) {
    return new CommentOnProcedure(
        context, comment, Optional.of(new CommentObjects(context).find(comment)));
  }

  /** The one whose dump this is. */
  public static CommentOnProcedure load(DdlContext context, String dump) {
    return restore(
        dump,
        State.values(),
        data -> {
          CommentOn comment = CommentOn.read(data);
          return new CommentOnProcedure(
              context, comment, new CommentObjects(context).read(comment, data));
        });
  }

  @Override
  protected Step step(State at, ProcedureContext run) throws InterruptedException {
    return switch (at) {
      case PREPARE -> prepare();
      case UPDATE_METADATA -> updateMetadata();
      case INVALIDATE_CACHE -> invalidateCache();
    };
  }

  private CommentObject object() {
    CommentObject found = object.orElseGet(() -> objects.find(comment));
    object = Optional.of(found);
    return found;
  }

  private Step prepare() {
    if (object().isUpToDate()) {
      return Step.done();
    }
    return next(State.UPDATE_METADATA);
  }

  private Step updateMetadata() {
    if (!object().isUpToDate()) {
      object().update();
    }
    return next(State.INVALIDATE_CACHE);
  }

  private Step invalidateCache() {
    context.caches().invalidate(object().caches());
    return Step.done();
  }

  @Override
  protected void writeMembers(JsonWriter out) {
    comment.writeMembers(out);
    object.ifPresent(found -> found.writeId(out));
  }

  @Override
  public List<LockKey> locks() {
    List<LockKey> locks = new ArrayList<>(comment.target().locks());
    object.ifPresent(found -> locks.add(found.lock()));
    return locks;
  }

  @Override
  public String subject() {
    return "comment on " + comment.target();
  }
}
