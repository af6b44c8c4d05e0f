package io.metasrv.simulation.heartbeat;

import io.metasrv.application.port.Promise;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.Task;
import io.metasrv.domain.time.MonotonicTime;
import io.metasrv.nodes.Moment;
import io.metasrv.simulation.cluster.ServerSide;
import io.metasrv.simulation.kernel.SimulatedProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * A runtime whose clocks stand still for a session that handles a heartbeat: the look at the term
 * right before the response leaves sees what the first one saw, as if it were not taken.
 */
final class HastyRuntime implements Runtime {

  private final SimulatedProcess inner;
  private final Map<ServerSide, Moment> readings = new IdentityHashMap<>();

  HastyRuntime(SimulatedProcess inner) {
    this.inner = inner;
  }

  void standStill(ServerSide stream) {
    readings.put(stream, new Moment(inner.monotonic(), inner.wallClock()));
  }

  void goOn(ServerSide stream) {
    readings.remove(stream);
  }

  private Optional<Moment> reading() {
    return ServerSide.served().map(readings::get);
  }

  @Override
  public Instant wallClock() {
    return reading().map(Moment::wall).orElseGet(inner::wallClock);
  }

  @Override
  public MonotonicTime monotonic() {
    return reading().map(Moment::monotonic).orElseGet(inner::monotonic);
  }

  @Override
  public RandomGenerator random() {
    return inner.random();
  }

  @Override
  public UUID newUuid() {
    return inner.newUuid();
  }

  @Override
  public Task start(String name, Body body) {
    return inner.start(name, body);
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    inner.sleep(duration);
  }

  @Override
  public <T> Promise<T> promise() {
    return inner.promise();
  }
}
