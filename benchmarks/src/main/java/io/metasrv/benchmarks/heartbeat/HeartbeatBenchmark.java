package io.metasrv.benchmarks.heartbeat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A datanode's heartbeat with {@value #REGIONS} regions: through the whole leader, and merely read.
 * The time is that of one region.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HeartbeatBenchmark {

  static final int REGIONS = 2_500;

  private static final DatanodeMessages DATANODE = new DatanodeMessages(1, 1024, 250, 10);

  /** Different heartbeats, so that nothing finds what it already knows. */
  private static final int VARIANTS = 8;

  private final List<Frames> heartbeats = new ArrayList<>();
  private int next;

  @SuppressWarnings("NullAway.Init") // By start().
  private LeaderInProcess leader;

  @SuppressWarnings("NullAway.Init") // By start().
  private ByteStream stream;

  /** Makes the bytes, and a leader with a stream that has shaken hands. */
  @Setup(Level.Trial)
  public void start() throws InterruptedException {
    if (DATANODE.regions() != REGIONS) {
      throw new IllegalStateException("the heartbeat has " + DATANODE.regions() + " regions");
    }
    for (int number = 1; number <= VARIANTS; number++) {
      heartbeats.add(new Frames(DATANODE.heartbeat(number)));
    }
    leader = LeaderInProcess.start(DATANODE.routes());
    stream = leader.openStream();
    stream.exchange(new Frames(DATANODE.handshake()));
    // A node that was not known yet is announced to all, itself included, and then answered.
    stream.exchange(heartbeat());
    byte[] granted = stream.receive();
    if (granted.length < 5 * REGIONS) {
      throw new IllegalStateException("no leases were granted");
    }
  }

  /** Stops the leader. */
  @TearDown(Level.Trial)
  public void stop() throws InterruptedException {
    leader.close();
  }

  private Frames heartbeat() {
    next = (next + 1) % VARIANTS;
    return heartbeats.get(next);
  }

  /** From the bytes of the request to the bytes of the response, through every handler. */
  @Benchmark
  @OperationsPerInvocation(REGIONS)
  public Object whole() throws InterruptedException {
    return stream.exchange(heartbeat());
  }

  /** gRPC's marshaller and, for the JSON of each region, the reader that production uses. */
  @Benchmark
  @OperationsPerInvocation(REGIONS)
  public Object unmarshalOwnReader() {
    return Unmarshalling.ownReader(heartbeat());
  }

  /** gRPC's marshaller and Jackson into records. */
  @Benchmark
  @OperationsPerInvocation(REGIONS)
  public Object unmarshalJacksonRecords() {
    return Unmarshalling.jacksonRecords(heartbeat());
  }

  /** gRPC's marshaller and Jackson into trees. */
  @Benchmark
  @OperationsPerInvocation(REGIONS)
  public Object unmarshalJacksonTree() {
    return Unmarshalling.jacksonTree(heartbeat());
  }

  /** gRPC's marshaller only. */
  @Benchmark
  @OperationsPerInvocation(REGIONS)
  public Object unmarshalProtobufOnly() {
    return Unmarshalling.protobuf(heartbeat());
  }
}
