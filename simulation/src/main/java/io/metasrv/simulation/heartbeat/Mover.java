package io.metasrv.simulation.heartbeat;

import io.metasrv.application.metasrv.TermComponent;
import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.port.Compare;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.Task;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.key.TableRouteKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Moves regions from datanode to datanode by nothing but leases, the slow path of sheet 04 §13: the
 * route says that the leader is to go, the longest lease granted before that runs out, the route
 * names another. A new leader that finds a move half done waits anew and finishes it.
 */
final class Mover implements TermComponent {

  private final TermContext context;
  private final Moves moves;
  private final List<Task> tasks = new ArrayList<>();

  Mover(TermContext context, Moves moves) {
    this.context = context;
    this.moves = moves;
  }

  @Override
  public String name() {
    return "mover";
  }

  @Override
  public void start() {
    for (TableId table : moves.tables()) {
      tasks.add(context.runtime().start("mover of " + table, () -> run(table)));
    }
  }

  private void run(TableId table) throws InterruptedException {
    Runtime runtime = context.runtime();
    while (context.term().isHeld()) {
      runtime.sleep(Duration.ofMillis(200 + runtime.random().nextInt(4_000)));
      try {
        move(table);
      } catch (MetasrvException failed) {
        // What became of it is seen by the next look.
        moves.failed();
      }
    }
  }

  private void move(TableId table) throws InterruptedException {
    Optional<Bytes> stored = context.cachedStore().get(new TableRouteKey(table).toBytes());
    if (stored.isEmpty()) {
      return;
    }
    Bytes current = stored.get();
    Route route = Route.decode(table, current);
    if (!route.downgrading()) {
      route = route.asDowngrading();
      Bytes next = route.encode(moves.datanodes());
      if (!moves.mayBegin() || !replace(route, current, next)) {
        return;
      }
      current = next;
    }
    context.runtime().sleep(moves.leaseWait());
    Route moved = route.ledBy(1L + context.runtime().random().nextInt(moves.datanodes()));
    if (replace(moved, current, moved.encode(moves.datanodes()))) {
      moves.done();
    }
  }

  private boolean replace(Route route, Bytes from, Bytes to) {
    return context
        .cachedStore()
        .compareAndPut(new Compare.ValueEquals(route.key(), from), to)
        .success();
  }

  @Override
  public void stop() throws InterruptedException {
    for (Task task : tasks) {
      task.cancel();
    }
    for (Task task : tasks) {
      task.join();
    }
  }
}
