package io.metasrv.simulation.ddl;

import io.metasrv.domain.error.MetasrvException;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.meta.DdlTaskResponse;
import io.metasrv.protocol.v1.meta.RequestHeader;
import io.metasrv.simulation.cluster.SimulatedMetasrv;
import io.metasrv.simulation.kernel.RemoteCalls;
import io.metasrv.simulation.kernel.RemoteEffects;
import io.metasrv.simulation.kernel.SimulatedNetwork;
import io.metasrv.simulation.kernel.SimulatedProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who sends statements: asks one metasrv after the other until one leads. */
final class Client {

  /** The extension in which our own client says which requests are the same. */
  private static final String TOKEN = "metasrv.ddl_token";

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** What became of a statement as far as its client knows. */
  sealed interface Told {
    /** It was carried out. */
    record Done() implements Told {}

    /** It was not. */
    record Refused(String why) implements Told {}

    /** No answer came. */
    record Nothing() implements Told {}
  }

  private final SimulatedProcess process;
  private final RemoteCalls calls;
  private final List<SimulatedMetasrv> metasrvs;
  private @Nullable Told told;

  Client(SimulatedProcess process, SimulatedNetwork network, List<SimulatedMetasrv> metasrvs) {
    this.process = process;
    this.calls = new RemoteCalls(network, process, RemoteEffects.UNSEEN);
    this.metasrvs = metasrvs;
  }

  /**
   * Sends a statement.
   *
   * @param token what marks it; empty for none
   * @param patience how long an answer may take
   * @param attempts how often it is sent to a leader at most
   */
  void send(DdlTaskRequest request, String token, Duration patience, int attempts) {
    told = null;
    DdlTaskRequest.Builder marked =
        request.toBuilder().setHeader(RequestHeader.getDefaultInstance());
    if (!token.isEmpty()) {
      marked.getQueryContextBuilder().putExtensions(TOKEN, token);
    }
    DdlTaskRequest sent = marked.build();
    process.post(
        "statement",
        () ->
            process.start(
                "statement",
                () -> {
                  Told answer = ask(sent, patience, attempts);
                  process.note("told", answer.toString());
                  told = answer;
                }));
  }

  /** What it was told; empty as long as it waits. */
  Optional<Told> told() {
    return Optional.ofNullable(told);
  }

  private Told ask(DdlTaskRequest request, Duration patience, int attempts)
      throws InterruptedException {
    int sent = 0;
    while (sent < attempts) {
      for (SimulatedMetasrv metasrv : metasrvs) {
        if (!metasrv.process().isAlive()) {
          continue;
        }
        try {
          Optional<DdlTaskResponse> answer =
              calls.call(
                  metasrv.process(),
                  "ddl",
                  patience,
                  () -> metasrv.metasrv().services().procedure().ddl(request));
          if (answer.isEmpty()) {
            sent++;
          } else if (!answer.get().getHeader().hasError()) {
            return new Told.Done();
          }
        } catch (MetasrvException refused) {
          return new Told.Refused(refused.toString());
        }
      }
      process.sleep(PAUSE);
    }
    return new Told.Nothing();
  }
}
