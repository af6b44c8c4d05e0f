package io.metasrv.application.ddl;

import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.procedure.DdlService;
import io.metasrv.application.procedure.ProcedureTypes;
import io.metasrv.application.procedure.Procedures;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.meta.DdlTaskResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Data definition: gives each term's manager the types of procedures, and runs the tasks of clients
 * in the current one (sheet 06 §1). Thread-safe.
 *
 * <p>Clients send a request again if its answer got lost on the way. So that it does not run twice:
 *
 * <ul>
 *   <li>Our own client marks each statement with a token. A request with a token that is known,
 *       also from former leaders, begins nothing; it gets the end of the procedure that was begun
 *       for it.
 *   <li>Frontends of the original mark each query with an id, and a request that is sent again is
 *       the same byte for byte, the frontend's address in it. One that equals another, query id and
 *       all, joins it if it is still under way, also under the next leader. If that one has ended
 *       it is run as a new one, because a query may hold the same statement twice.
 *   <li>Requests with neither are run as they come: two people may well mean two things by the same
 *       words, for example when both create a table of that name.
 * </ul>
 *
 * <p>With {@code wait = false} and a timeout every task is answered with its procedure's id as soon
 * as it is submitted. The end of a term ends the waiting with {@link NotLeaderException}; the next
 * leader goes on with the procedure.
 */
public final class DdlManager implements DdlService, ProcedureTypes {

  /** A term and its DDL. */
  private record Current(TermContext term, DdlTerm ddl) {}

  private final Function<TermContext, DdlContext> contexts;
  private final AtomicReference<Optional<Current>> current =
      new AtomicReference<>(Optional.empty());
  private final String address;

  /**
   * @param contexts what the procedures of a term work with; does no I/O
   * @param address of this node, for errors
   */
  public DdlManager(Function<TermContext, DdlContext> contexts, String address) {
    this.contexts = contexts;
    this.address = address;
  }

  @Override
  public void install(TermContext context, Procedures procedures) {
    DdlTerm ddl =
        new DdlTerm(contexts.apply(context), procedures, new EarlierOutcomes(context.store()));
    ddl.register();
    current.set(Optional.of(new Current(context, ddl)));
  }

  /** The DDL of the term this node holds; empty on a follower. */
  public Optional<DdlService> current() {
    return current.get().filter(held -> held.term().term().isHeld()).map(Current::ddl);
  }

  @Override
  public DdlTaskResponse run(DdlTaskRequest request) throws InterruptedException {
    return current().orElseThrow(() -> new NotLeaderException(address)).run(request);
  }
}
